//! The dictionary: 64 things in four languages, in eight categories.
//!
//! Words were chosen so that no two of the 256 are written alike: French is given where it differs from English
//! (no *orange*, no *table*), and Japanese in kana, as in children's books, where its kanji would be the Chinese word
//! (ねこ, not 猫). So a word shows its language, a token belongs to one language, and a translation is never the
//! identity. *Hello* is *Salut* in French because *Bonjour* is *Good morning*.

/// A category: its name in English and Chinese, and eight concepts, each in English, Chinese, French, Japanese.
pub(crate) struct Category {
    pub(crate) name: (&'static str, &'static str),
    pub(crate) concepts: [[&'static str; 4]; 8],
}

pub(crate) const CATEGORIES: [Category; 8] = [
    Category {
        name: ("greeting", "问候"),
        concepts: [
            ["Hello", "你好", "Salut", "こんにちは"],
            ["Thank you", "谢谢", "Merci", "ありがとう"],
            ["Good morning", "早上好", "Bonjour", "おはよう"],
            ["Good night", "晚安", "Bonne nuit", "おやすみ"],
            ["Goodbye", "再见", "Au revoir", "さようなら"],
            ["Please", "请", "S'il vous plaît", "どうぞ"],
            ["Sorry", "对不起", "Pardon", "ごめんなさい"],
            ["Welcome", "欢迎", "Bienvenue", "ようこそ"],
        ],
    },
    Category {
        name: ("animal", "动物"),
        concepts: [
            ["cat", "猫", "chat", "ねこ"],
            ["dog", "狗", "chien", "いぬ"],
            ["bird", "鸟", "oiseau", "とり"],
            ["fish", "鱼", "poisson", "さかな"],
            ["horse", "马", "cheval", "うま"],
            ["cow", "牛", "vache", "うし"],
            ["rabbit", "兔子", "lapin", "うさぎ"],
            ["bear", "熊", "ours", "くま"],
        ],
    },
    Category {
        name: ("food", "食物"),
        concepts: [
            ["apple", "苹果", "pomme", "りんご"],
            ["bread", "面包", "pain", "パン"],
            ["rice", "米饭", "riz", "ごはん"],
            ["egg", "鸡蛋", "œuf", "たまご"],
            ["milk", "牛奶", "lait", "ミルク"],
            ["tea", "茶", "thé", "おちゃ"],
            ["salt", "盐", "sel", "しお"],
            ["cake", "蛋糕", "gâteau", "ケーキ"],
        ],
    },
    Category {
        name: ("color", "颜色"),
        concepts: [
            ["red", "红色", "rouge", "あか"],
            ["blue", "蓝色", "bleu", "あお"],
            ["green", "绿色", "vert", "みどり"],
            ["yellow", "黄色", "jaune", "きいろ"],
            ["white", "白色", "blanc", "しろ"],
            ["black", "黑色", "noir", "くろ"],
            ["purple", "紫色", "violet", "むらさき"],
            ["brown", "棕色", "marron", "ちゃいろ"],
        ],
    },
    Category {
        name: ("person", "人物"),
        concepts: [
            ["mother", "妈妈", "mère", "おかあさん"],
            ["father", "爸爸", "père", "おとうさん"],
            ["brother", "兄弟", "frère", "きょうだい"],
            ["sister", "姐妹", "sœur", "しまい"],
            ["child", "孩子", "enfant", "こども"],
            ["baby", "宝宝", "bébé", "あかちゃん"],
            ["friend", "朋友", "ami", "ともだち"],
            ["teacher", "老师", "professeur", "せんせい"],
        ],
    },
    Category {
        name: ("nature", "自然"),
        concepts: [
            ["sun", "太阳", "soleil", "たいよう"],
            ["moon", "月亮", "lune", "つき"],
            ["star", "星星", "étoile", "ほし"],
            ["rain", "雨", "pluie", "あめ"],
            ["snow", "雪", "neige", "ゆき"],
            ["wind", "风", "vent", "かぜ"],
            ["mountain", "山", "montagne", "やま"],
            ["river", "河", "rivière", "かわ"],
        ],
    },
    Category {
        name: ("body", "身体"),
        concepts: [
            ["head", "头", "tête", "あたま"],
            ["hand", "手", "main", "て"],
            ["eye", "眼睛", "œil", "め"],
            ["ear", "耳朵", "oreille", "みみ"],
            ["mouth", "嘴", "bouche", "くち"],
            ["nose", "鼻子", "nez", "はな"],
            ["foot", "脚", "pied", "あし"],
            ["heart", "心", "cœur", "こころ"],
        ],
    },
    Category {
        name: ("thing", "物品"),
        concepts: [
            ["book", "书", "livre", "ほん"],
            ["door", "门", "porte", "ドア"],
            ["window", "窗户", "fenêtre", "まど"],
            ["chair", "椅子", "chaise", "いす"],
            ["key", "钥匙", "clé", "かぎ"],
            ["clock", "钟", "horloge", "とけい"],
            ["letter", "信", "lettre", "てがみ"],
            ["car", "汽车", "voiture", "くるま"],
        ],
    },
];

//! Numbers as the reader's language writes them. Every number on the page is formatted here.

use chapter::{Fact, Language, Unit};

/// Writes a fact's value with the unit that belongs to the number: `40 GB`, `71.8%`, `1746 亿`.
///
/// The names of counted things (parameters, tokens, words) are left to the sentence around it.
pub fn fact(fact: &Fact, language: Language) -> String {
    quantity(fact.value, fact.unit, fact.digits.map(usize::from), language)
}

/// Writes a value in a unit with so many significant digits (all of them if `None`).
pub fn quantity(value: f64, unit: Unit, digits: Option<usize>, language: Language) -> String {
    let zh = language == Language::Zh;
    let plain = || grouped(&significant(value, digits), language);
    match unit {
        Unit::One | Unit::NatsPerToken => {
            if is_everyday(value) {
                significant(value, digits)
            } else {
                scientific(value, digits)
            }
        }
        Unit::Flop => scientific(value, digits),
        Unit::Times if zh => format!("{} 倍", named(value, digits, language)),
        Unit::Times => format!("{} times", named(value, digits, language)),
        Unit::Percent => format!("{}%", significant(value, digits)),
        Unit::Params | Unit::Tokens | Unit::Words | Unit::Count | Unit::DeviceHours => {
            named(value, digits, language)
        }
        Unit::PfDays if is_everyday(value) => format!("{} PF-days", plain()),
        Unit::PfDays => format!("{} PF-days", scientific(value, digits)),
        Unit::Bytes => bytes(value, digits),
        Unit::UsDollars if zh => format!("{}美元", named_spaced(value, digits, language)),
        Unit::UsDollars => format!("${}", named(value, digits, language)),
        Unit::UsDollarsPerHour if zh => format!("每小时 {} 美元", plain()),
        Unit::UsDollarsPerHour => format!("${} per hour", plain()),
        Unit::MegawattHours => format!("{} MWh", plain()),
        Unit::TonnesCo2 if zh => format!("{} 吨二氧化碳当量", plain()),
        Unit::TonnesCo2 => format!("{} tonnes of CO₂ equivalent", plain()),
        Unit::FlopPerSecond => format!("{} TFLOP/s", significant(value / 1e12, digits)),
        Unit::Watts => format!("{} W", plain()),
        Unit::GramsPerKilowattHour => format!("{} g/kWh", plain()),
        Unit::Days if zh => format!("{} 天", named(value, digits, language)),
        Unit::Days => format!("{} days", named(value, digits, language)),
        Unit::Month => month(value),
    }
}

/// Writes the month of a year with a fraction: `2020-05`.
pub fn month(date: f64) -> String {
    format!("{}-{:02}", date.floor(), (date.fract() * 12.0).floor() + 1.0)
}

/// Whether a number reads more easily with all its digits than as a power of ten.
fn is_everyday(value: f64) -> bool {
    value == 0.0 || (1e-3..1e5).contains(&value.abs())
}

/// Writes a number with so many significant digits, keeping trailing zeros that are significant: 0.05 with two digits
/// is `0.050`. All digits if `None`.
pub fn significant(value: f64, digits: Option<usize>) -> String {
    let Some(digits) = digits else { return format!("{value}") };
    if value == 0.0 {
        return "0".to_owned();
    }
    // Rounding first: 9.96 with two digits is 10, one digit longer than its logarithm says.
    let exponent = format!("{:.*e}", digits.max(1) - 1, value)
        .rsplit_once('e')
        .and_then(|(_, exponent)| exponent.parse::<i32>().ok())
        .unwrap_or(0);
    let decimals = digits as i32 - 1 - exponent;
    if decimals >= 0 {
        format!("{value:.*}", decimals as usize)
    } else {
        let unit = 10f64.powi(-decimals);
        format!("{:.0}", (value / unit).round() * unit)
    }
}

/// Writes `8.8×10¹³`.
pub fn scientific(value: f64, digits: Option<usize>) -> String {
    let written = match digits {
        Some(digits) => format!("{:.*e}", digits.max(1) - 1, value),
        None => format!("{value:e}"),
    };
    match written.split_once('e') {
        Some((mantissa, exponent)) => format!("{mantissa}×10{}", superscript(exponent)),
        None => written,
    }
}

/// Writes a power of ten as an axis does: `10⁹`, and small whole powers as they are.
pub fn power_of_ten(value: f64) -> String {
    let exponent = value.log10();
    if (exponent - exponent.round()).abs() < 1e-9 {
        format!("10{}", superscript(&format!("{}", exponent.round())))
    } else {
        scientific(value, Some(1))
    }
}

fn superscript(digits: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits
        .chars()
        .map(|digit| match digit {
            '-' => '⁻',
            _ => digit.to_digit(10).map_or(digit, |digit| DIGITS[digit as usize]),
        })
        .collect()
}

/// Writes a count with the words of the language: `1746 亿`, `174.6 billion`, `7,000`, `7000`.
pub fn named(value: f64, digits: Option<usize>, language: Language) -> String {
    let (scale, word) = large_unit(value, language);
    let number = grouped(&significant(value / scale, digits), language);
    if word.is_empty() { number } else { format!("{number} {word}") }
}

/// [`named`], with a space before a unit of one's own when no word of the language stands between.
fn named_spaced(value: f64, digits: Option<usize>, language: Language) -> String {
    let written = named(value, digits, language);
    if written.ends_with(|last: char| last.is_ascii_digit()) { written + " " } else { written }
}

fn large_unit(value: f64, language: Language) -> (f64, &'static str) {
    // Half a unit in the fourth digit below a step already rounds up to it.
    let reaches = |step: f64| value.abs() >= step * 0.99995;
    let steps: &[(f64, &str)] = match language {
        Language::Zh => &[(1e12, "万亿"), (1e8, "亿"), (1e4, "万")],
        Language::En => &[(1e12, "trillion"), (1e9, "billion"), (1e6, "million")],
    };
    steps.iter().copied().find(|&(step, _)| reaches(step)).unwrap_or((1.0, ""))
}

/// Groups the digits of the whole part in threes in English, from five digits on; Chinese prose does without.
fn grouped(number: &str, language: Language) -> String {
    let (whole, rest) = number.find('.').map_or((number, ""), |point| number.split_at(point));
    if language == Language::Zh || whole.len() < 4 {
        return number.to_owned();
    }
    let mut written = String::new();
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left % 3 == 0 && digit.is_ascii_digit() {
            written.push(',');
        }
        written.push(digit);
    }
    written + rest
}

fn bytes(value: f64, digits: Option<usize>) -> String {
    let steps = [(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let (scale, unit) =
        steps.into_iter().find(|&(step, _)| value >= step * 0.99995).unwrap_or((1.0, "bytes"));
    format!("{} {unit}", significant(value / scale, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn significant_digits_keep_their_zeros_and_round() {
        assert_eq!(significant(0.05, Some(2)), "0.050");
        assert_eq!(significant(9.96, Some(2)), "10");
        assert_eq!(significant(1491.9, Some(2)), "1500");
        assert_eq!(significant(-0.0449, Some(2)), "-0.045");
        assert_eq!(significant(4.85, None), "4.85");
    }

    #[test]
    fn counts_use_the_words_of_each_language() {
        assert_eq!(named(1.746e11, Some(4), Language::Zh), "1746 亿");
        assert_eq!(named(1.746e11, Some(4), Language::En), "174.6 billion");
        assert_eq!(named(1.6e12, Some(2), Language::Zh), "1.6 万亿");
        assert_eq!(named(7000.0, None, Language::En), "7,000");
        assert_eq!(named(7000.0, None, Language::Zh), "7000");
        assert_eq!(named(117e6, Some(3), Language::Zh), "1.17 亿");
        assert_eq!(named(999_999_999.0, Some(3), Language::En), "1.00 billion");
    }

    #[test]
    fn units_belong_to_the_number() {
        let written = |value, unit, digits, language| quantity(value, unit, Some(digits), language);
        assert_eq!(written(4.85e9, Unit::Bytes, 3, Language::En), "4.85 GB");
        assert_eq!(written(45e12, Unit::Bytes, 2, Language::Zh), "45 TB");
        assert_eq!(written(4.6e6, Unit::UsDollars, 2, Language::Zh), "460 万美元");
        assert_eq!(written(4.6e6, Unit::UsDollars, 2, Language::En), "$4.6 million");
        assert_eq!(written(71.8, Unit::Percent, 3, Language::Zh), "71.8%");
        assert_eq!(written(1287.0, Unit::MegawattHours, 4, Language::En), "1,287 MWh");
        assert_eq!(written(14.25, Unit::Times, 2, Language::Zh), "14 倍");
        assert_eq!(written(8.8e13, Unit::One, 2, Language::En), "8.8×10¹³");
        assert_eq!(written(3.12e14, Unit::FlopPerSecond, 3, Language::En), "312 TFLOP/s");
        assert_eq!(written(14.8, Unit::Days, 3, Language::Zh), "14.8 天");
        assert_eq!(written(2020.375, Unit::Month, 3, Language::En), "2020-05");
    }

    #[test]
    fn axis_powers() {
        assert_eq!(power_of_ten(1e-9), "10⁻⁹");
        assert_eq!(power_of_ten(1e11), "10¹¹");
        assert_eq!(power_of_ten(2e11), "2×10¹¹");
    }
}

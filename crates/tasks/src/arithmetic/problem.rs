//! Problems: what is given away, and what is left.

use crate::split;

/// One of the two gifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gift {
    /// One part in so many (2 to 10) of the original number, which it divides.
    Fraction(u8),
    /// So many things (1 to 20).
    Number(u8),
}

impl Gift {
    /// How many things the gift is, out of an original number.
    pub fn amount(self, total: u8) -> u8 {
        match self {
            Self::Fraction(parts) => total / parts,
            Self::Number(number) => number,
        }
    }
}

/// So many things, of which two gifts are made; both fractions are of the original number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The original number, 6 to 60.
    pub total: u8,
    /// What is given away; together less than the total.
    pub gifts: [Gift; 2],
}

impl Problem {
    /// The chapter's: 24 apples, 1/3 and 1/4 given away.
    pub const CHAPTER: Self = Self { total: 24, gifts: [Gift::Fraction(3), Gift::Fraction(4)] };

    /// What is left, if the language has the problem.
    pub fn left(self) -> u8 {
        self.total - self.gifts.map(|gift| gift.amount(self.total)).iter().sum::<u8>()
    }

    /// All problems of each of the four kinds: each gift a fraction or a number.
    pub(crate) fn all() -> [Vec<Self>; 4] {
        let mut kinds: [Vec<Self>; 4] = Default::default();
        for total in 6..=60 {
            let mut gifts: Vec<Gift> = (2..=10).map(Gift::Fraction).collect();
            gifts.extend((1..=20).map(Gift::Number));
            for &first in &gifts {
                for &second in &gifts {
                    let problem = Self { total, gifts: [first, second] };
                    if problem.is_in_language() {
                        kinds[problem.kind()].push(problem);
                    }
                }
            }
        }
        kinds
    }

    /// 0 for two fractions, 1 and 2 for one, 3 for two numbers.
    pub(crate) fn kind(self) -> usize {
        let [first, second] = self.gifts.map(|gift| usize::from(matches!(gift, Gift::Number(_))));
        2 * first + second
    }

    /// Whether the language has the problem: 6 to 60 things, fractions of 1/2 to 1/10 that are whole, numbers from 1 to
    /// 20, and something left.
    pub fn is_in_language(self) -> bool {
        let is_gift = |gift: Gift| match gift {
            Gift::Fraction(parts) => (2..=10).contains(&parts) && self.total.is_multiple_of(parts),
            Gift::Number(number) => (1..=20).contains(&number),
        };
        (6..=60).contains(&self.total)
            && self.gifts.into_iter().all(is_gift)
            && self.gifts.map(|gift| gift.amount(self.total)).iter().sum::<u8>() < self.total
    }

    /// Whether the problem is kept for tests: one in ten, in either order of its gifts, and the chapter's always.
    pub fn is_held_out(self) -> bool {
        let [first, second] = self.gifts;
        let gifts = [first.min(second), first.max(second)];
        let code = |gift| match gift {
            Gift::Fraction(parts) => u64::from(parts),
            Gift::Number(number) => 100 + u64::from(number),
        };
        (self.total == Self::CHAPTER.total && gifts == Self::CHAPTER.gifts)
            || split::is_held_out("arithmetic", &[u64::from(self.total), code(gifts[0]), code(gifts[1])])
    }
}

/// A problem with its people and things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Story {
    /// The numbers.
    pub problem: Problem,
    /// Who gives, and who receives, by index; three different ones of eight.
    pub names: [u8; 3],
    /// What is given, by index, one of eight.
    pub object: u8,
}

impl Story {
    /// The chapter's: Xiaoming has 24 apples, gives Xiaohong 1/3 and Xiaoli 1/4.
    pub const CHAPTER: Self = Self { problem: Problem::CHAPTER, names: [0, 1, 2], object: 0 };

    /// Whether the language has the story.
    pub fn is_in_language(&self) -> bool {
        let [a, b, c] = self.names;
        let are_people = a != b && b != c && a != c && self.names.iter().all(|&name| name < 8);
        are_people && self.object < 8 && self.problem.is_in_language()
    }
}

/// How the answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// With every step written out.
    Steps,
    /// The last number alone.
    Direct,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_chapters_problem_leaves_ten() {
        assert_eq!(Problem::CHAPTER.left(), 10);
        assert!(Problem::CHAPTER.is_held_out());
        let swapped = Problem { total: 24, gifts: [Gift::Fraction(4), Gift::Fraction(3)] };
        assert!(swapped.is_held_out());
    }

    #[test]
    fn the_language_has_the_problems_that_are_listed_and_no_others() {
        let listed: HashSet<Problem> = Problem::all().into_iter().flatten().collect();
        let gifts = || (0..=21).flat_map(|n| [Gift::Fraction(n), Gift::Number(n)]);
        for total in 0..=70 {
            for gifts in gifts().flat_map(|first| gifts().map(move |second| [first, second])) {
                let problem = Problem { total, gifts };
                assert_eq!(problem.is_in_language(), listed.contains(&problem), "{problem:?}");
            }
        }
    }

    #[test]
    fn fractions_are_whole_and_something_is_left() {
        for problem in Problem::all().iter().flatten() {
            let whole = |gift: &Gift| !matches!(gift, Gift::Fraction(parts) if problem.total % parts != 0);
            assert!(problem.gifts.iter().all(whole) && problem.left() > 0, "{problem:?}");
        }
    }

    #[test]
    fn there_are_as_many_problems_as_an_independent_count_says() {
        // Counted with a five-line script over n = 6..60, parts 2..10 that divide n, numbers 1..20.
        assert_eq!(Problem::all().map(|problems| problems.len()), [347, 1740, 1740, 15590]);
    }
}

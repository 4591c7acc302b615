//! At build time: what each figure reads, out of the compiled content.

use std::collections::BTreeSet;

use chapter::{DataTable, FigureId, Language};
use chapter_compiler::{Essay, FigureNeeds};

use super::{Figure, FigureData};
use crate::figures::{Visitor, visit};

struct Needs;

impl Visitor for Needs {
    type Output = FigureNeeds;

    fn visit<F: Figure>(self) -> FigureNeeds {
        FigureNeeds { figure: F::ID, facts: F::FACTS, tables: F::TABLES, abilities: F::ABILITIES }
    }
}

struct Made;

impl Visitor for Made {
    type Output = Vec<(String, DataTable)>;

    fn visit<F: Figure>(self) -> Self::Output {
        F::made()
    }
}

/// What every figure reads, for the compiler to check.
pub fn needs() -> Vec<FigureNeeds> {
    FigureId::ALL.into_iter().map(|figure| visit(figure, Needs)).collect()
}

impl FigureData {
    /// What a figure needs of the essay's own content, for the figures' tests.
    ///
    /// # Panics
    /// If the content has a problem.
    #[cfg(test)]
    pub fn of<F: Figure>() -> Self {
        let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let essay = chapter_compiler::compile(&content, &needs()).expect("the content is in order");
        Self::collect(&essay, &Needs.visit::<F>())
    }

    /// What a figure needs, what the build makes for it, and the works that those facts and tables cite.
    pub fn collect(essay: &Essay, needs: &FigureNeeds) -> Self {
        // Facts, tables and works are the same in both languages.
        let chapter = essay.chapter(Language::Zh);
        let facts: Vec<_> = needs.facts.iter().filter_map(|&key| chapter.facts.get(key).cloned()).collect();
        let tables: Vec<_> = needs
            .tables
            .iter()
            .filter_map(|&name| Some((name.to_owned(), essay.tables.get(name)?.clone())))
            .chain(visit(needs.figure, Made))
            .collect();
        let cited: BTreeSet<&str> = facts
            .iter()
            .filter_map(|fact| fact.source.as_deref())
            .chain(tables.iter().flat_map(|(_, table)| table.sources()))
            .collect();
        let references =
            chapter.references.iter().filter(|work| cited.contains(work.key.as_str())).cloned().collect();
        let ladder = match needs.abilities {
            [] => None,
            names => essay.ladder.with_abilities(names),
        };
        Self { facts, tables, references, ladder }
    }
}

//! Formulas: TeX to MathML.

use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// A converter without macros cannot fail to be built, hence the empty default.
static CONVERTER: LazyLock<LatexToMathML> =
    LazyLock::new(|| LatexToMathML::new(MathCoreConfig::default()).unwrap_or_default());

/// Why a formula is none, and on which of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFormula {
    /// Lines before the offending one.
    pub lines_before: usize,
    /// What is wrong.
    pub what: String,
}

/// A formula in running text, `$…$`, as a complete `<math>` element.
///
/// # Errors
/// The TeX is not understood.
pub fn inline(tex: &str) -> Result<String, BadFormula> {
    convert(tex, MathDisplay::Inline)
}

/// A displayed formula, a fenced block with the info string `math`, as a complete `<math display="block">` element.
///
/// # Errors
/// The TeX is not understood.
pub fn display(tex: &str) -> Result<String, BadFormula> {
    convert(tex, MathDisplay::Block)
}

fn convert(tex: &str, display: MathDisplay) -> Result<String, BadFormula> {
    let tex = tex.trim_end();
    CONVERTER.convert_with_local_state(tex, display).map(|result| result.mathml).map_err(|error| {
        let lines_before = tex.get(..error.0.start).unwrap_or(tex).matches('\n').count();
        let message = error.error_message();
        BadFormula { lines_before, what: format!("formula: {}", message.trim_end_matches('.')) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scaling_law_has_its_subscripts_and_exponent() {
        let mathml = display(r"L(N) = (N_c/N)^{\alpha_N}").unwrap();
        assert!(mathml.starts_with("<math display=\"block\">") && mathml.ends_with("</math>"), "{mathml}");
        assert!(mathml.contains("<msub><mi>N</mi><mi>c</mi></msub>"), "{mathml}");
        assert!(
            mathml.contains("<msup><mo stretchy=\"false\">)</mo><msub><mi>α</mi><mi>N</mi></msub></msup>")
        );
    }

    #[test]
    fn inline_formulas_are_not_displayed() {
        assert_eq!(inline("N").unwrap(), "<math><mi>N</mi></math>");
    }

    #[test]
    fn a_bad_formula_says_what_and_on_which_line() {
        let error = display("a = b \\\\\n\\nope{x}\n").unwrap_err();
        assert_eq!(error, BadFormula { lines_before: 1, what: r#"formula: Unknown command "\nope""#.into() });
    }
}

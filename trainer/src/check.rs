//! Making the published scores again from the published weights.

use tasks::Corpus;
use transformer::checkpoint::decode;

use crate::evaluation::{self, Difference, Extent};
use crate::{Error, Folders, Language, Result, Size, publication};

/// Measures every published model of these sizes and compares with the manifest; prints what differs.
///
/// # Errors
/// [`Error::Different`] if something differs by more than its tolerance (see
/// [`Measured::differences`](evaluation::Measured::differences)), and if a file is missing or damaged.
pub fn published(sizes: &[Size], extent: Extent, threads: usize, folders: &Folders) -> Result<()> {
    let corpus = Corpus::new();
    let language = Language::new(&corpus);
    let Some(manifest) = publication::read(&language, folders)? else {
        return Err(Error::Usage(format!("nothing is published in {}", folders.models.display())));
    };
    let mut n_different = 0;
    for (name, weights, recorded) in manifest.shipped() {
        if !sizes.is_empty() && !sizes.iter().any(|size| name.starts_with(&format!("{size} "))) {
            continue;
        }
        let (parameters, _) = decode(&publication::read_weights(weights, &folders.models)?)?;
        let differences = recorded.differences(&evaluation::measure(&corpus, &parameters, extent, threads)?);
        println!("{name}: loss {:.4}, {}", recorded.loss.fresh, summary(&differences));
        n_different += differences.len();
    }
    if n_different == 0 { Ok(()) } else { Err(Error::Different(n_different)) }
}

fn summary(differences: &[Difference]) -> String {
    if differences.is_empty() {
        return "as in the manifest".to_owned();
    }
    let row = |Difference { what, recorded, remade }: &Difference| {
        format!("  {what:<44} {recorded:>10.4} {remade:>10.4}")
    };
    let rows: Vec<String> = differences.iter().map(row).collect();
    format!("not as in the manifest\n  {:<44} {:>10} {:>10}\n{}", "", "manifest", "now", rows.join("\n"))
}

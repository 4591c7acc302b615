//! A folder that is either complete or not there.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::project::Project;

/// Makes `folder` by letting `fill` write into a temporary folder that then takes its place.
///
/// An interrupted installation leaves nothing behind under the final name, and what was there before
/// stays in use until the new one is complete.
///
/// # Errors
/// Those of `fill`, and those of the file system.
pub fn install(project: &Project, folder: &Path, fill: impl FnOnce(&Path) -> Result) -> Result {
    let temporary = project.tools().join(format!("unfinished-{}", std::process::id()));
    let result = clear(&temporary)
        .and_then(|()| fs::create_dir_all(&temporary).map_err(|error| failure(&temporary, &error)))
        .and_then(|()| fill(&temporary))
        .and_then(|()| clear(folder))
        .and_then(|()| fs::rename(&temporary, folder).map_err(|error| failure(folder, &error)));
    // Whether it worked or not; the first failure is the one to tell.
    let cleared = clear(&temporary);
    result.and(cleared)
}

/// Removes `folder` with its contents, if it is there.
///
/// # Errors
/// Those of the file system.
pub fn clear(folder: &Path) -> Result {
    if folder.exists() { fs::remove_dir_all(folder).map_err(|error| failure(folder, &error)) } else { Ok(()) }
}

/// A failure of the file system at `path`.
pub fn failure(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch_project(name: &str) -> Project {
        let root = std::env::temp_dir().join(format!("essay-{name}-{}", std::process::id()));
        clear(&root).unwrap();
        Project { root }
    }

    fn touch(file: &Path) -> Result {
        fs::write(file, "").map_err(|error| failure(file, &error))
    }

    #[test]
    fn a_failed_installation_leaves_the_old_folder_and_nothing_else() {
        let project = scratch_project("failed-install");
        let folder = project.tools().join("tool-1");
        install(&project, &folder, |new| touch(&new.join("old"))).unwrap();

        let result = install(&project, &folder, |new| {
            touch(&new.join("half"))?;
            Err(Failure::new("interrupted"))
        });

        assert!(result.is_err());
        assert!(folder.join("old").exists());
        assert_eq!(fs::read_dir(project.tools()).unwrap().count(), 1);
        clear(&project.root).unwrap();
    }

    #[test]
    fn a_new_installation_replaces_the_old_one_whole() {
        let project = scratch_project("second-install");
        let folder = project.tools().join("tool-1");
        install(&project, &folder, |new| touch(&new.join("old"))).unwrap();
        install(&project, &folder, |new| touch(&new.join("new"))).unwrap();
        assert!(folder.join("new").exists() && !folder.join("old").exists());
        clear(&project.root).unwrap();
    }
}

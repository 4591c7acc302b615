//! The models that the lab has: those of the essay, fetched when first asked for, and those that were trained here.

use std::rc::Rc;

use transformer::{Parameters, checkpoint};

use crate::message::{ClientId, Model, Problem};

/// All models.
#[derive(Debug)]
pub struct Shelf {
    rungs: Vec<(String, Rung)>,
    trained: Vec<(ClientId, Rc<Parameters>)>,
}

/// A model of the essay.
#[derive(Debug)]
enum Rung {
    /// Somebody has to fetch it.
    Wanted,
    /// It is on its way.
    Coming,
    /// Here it is.
    Here(Rc<Parameters>),
}

impl Shelf {
    /// A shelf without models.
    pub const fn new() -> Self {
        Self { rungs: Vec::new(), trained: Vec::new() }
    }

    /// A model, if it is here. A model of the essay that is not will be [`wanted`](Self::wanted).
    ///
    /// # Errors
    /// [`Problem::Refused`] if a client is said to have trained a model and has not.
    pub fn find(&mut self, model: &Model) -> Result<Option<Rc<Parameters>>, Problem> {
        match model {
            Model::Trained(client) => match self.trained.iter().find(|(own, _)| own == client) {
                Some((_, parameters)) => Ok(Some(Rc::clone(parameters))),
                None => Err(Problem::Refused("no model has been trained yet".to_owned())),
            },
            Model::Rung(name) => match self.rungs.iter().find(|(own, _)| own == name) {
                Some((_, Rung::Here(parameters))) => Ok(Some(Rc::clone(parameters))),
                Some(_) => Ok(None),
                None => {
                    self.rungs.push((name.clone(), Rung::Wanted));
                    Ok(None)
                }
            },
        }
    }

    /// The next model to fetch; each is handed out once.
    pub fn wanted(&mut self) -> Option<String> {
        let (name, rung) = self.rungs.iter_mut().find(|(_, rung)| matches!(rung, Rung::Wanted))?;
        *rung = Rung::Coming;
        Some(name.clone())
    }

    /// Puts a model of the essay on the shelf.
    ///
    /// # Errors
    /// Why the bytes are no model.
    pub fn provide(&mut self, name: &str, bytes: &[u8]) -> Result<(), transformer::Error> {
        let (parameters, _) = checkpoint::decode(bytes)?;
        self.forget(name);
        self.rungs.push((name.to_owned(), Rung::Here(Rc::new(parameters))));
        Ok(())
    }

    /// Forgets a model of the essay, so that it is fetched again when it is asked for again.
    pub fn forget(&mut self, name: &str) {
        self.rungs.retain(|(own, _)| own != name);
    }

    /// Keeps the model that a client has trained, in place of the one before.
    pub fn keep(&mut self, client: ClientId, parameters: Rc<Parameters>) {
        self.drop_trained(client);
        self.trained.push((client, parameters));
    }

    /// Forgets the model that a client has trained.
    pub fn drop_trained(&mut self, client: ClientId) {
        self.trained.retain(|(own, _)| *own != client);
    }
}

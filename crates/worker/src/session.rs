//! The state machine: who wants what, and whose turn it is.

use std::mem;

use crate::job::{Begun, Desk, Job, Progress, begin, model_of};
use crate::message::{
    ClientId, Event, Model, Problem, Report, Request, RunId, Visibility, Work, decode, encode,
};

/// All that the lab knows and does.
pub struct Session {
    desk: Desk,
    /// Clients in the order in which they came.
    clients: Vec<Client>,
    events: Vec<Event>,
    page: Option<Visibility>,
}

/// Somebody with a run.
struct Client {
    id: ClientId,
    run: RunId,
    visibility: Visibility,
    is_paused: bool,
    state: State,
    /// How much of the lab's time the client has had, in steps; one for a hidden figure counts [`HIDDEN_COST`] times.
    /// The next step is for who has had least.
    used: i64,
}

impl Client {
    fn can_work(&self) -> bool {
        !self.is_paused && matches!(self.state, State::New(_) | State::Working(_))
    }

    /// Whether the client waits for this model.
    fn waits_for(&self, rung: &str) -> bool {
        match &self.state {
            State::Loading(work) => model_of(work) == Some(Model::Rung(rung.to_owned())),
            _ => false,
        }
    }
}

enum State {
    /// Nothing to do.
    Idle,
    /// To begin.
    New(Work),
    /// To begin once its model is there.
    Loading(Work),
    /// At work.
    Working(Box<dyn Job>),
}

/// A figure that is off the screen gets one step in so many: enough to come to an end, too little to be felt.
const HIDDEN_COST: i64 = 8;

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// A lab without clients.
    pub const fn new() -> Self {
        Self { desk: Desk::new(), clients: Vec::new(), events: Vec::new(), page: None }
    }

    /// Takes a request as bytes. Bytes that are none become a [`Problem::Damaged`] for [`ClientId::NOBODY`].
    pub fn handle_bytes(&mut self, bytes: &[u8]) {
        match decode(bytes) {
            Ok(request) => self.handle(request),
            Err(_) => self.events.push(Event {
                client: ClientId::NOBODY,
                run: RunId(0),
                report: Report::Failed(Problem::Damaged),
            }),
        }
    }

    /// Takes a request. It only notes what to do; [`advance`](Self::advance) does it.
    pub fn handle(&mut self, request: Request) {
        match request {
            Request::Start { client, run, work } => self.start(client, run, work),
            Request::Pause(client) => self.change(client, |client| client.is_paused = true),
            Request::Resume(client) => self.change(client, |client| client.is_paused = false),
            Request::Leave(client) => {
                self.clients.retain(|own| own.id != client);
                self.events.retain(|event| event.client != client);
                self.desk.shelf.drop_trained(client);
            }
            Request::Seen(client, visibility) => {
                self.client(client).visibility = visibility;
            }
            Request::Page(visibility) => self.page = Some(visibility),
        }
    }

    /// The entry of a client, new ones included.
    fn client(&mut self, id: ClientId) -> &mut Client {
        let at = self.clients.iter().position(|client| client.id == id).unwrap_or_else(|| {
            self.clients.push(Client {
                id,
                run: RunId(0),
                visibility: Visibility::Visible,
                is_paused: false,
                state: State::Idle,
                used: 0,
            });
            self.clients.len() - 1
        });
        &mut self.clients[at]
    }

    fn change(&mut self, id: ClientId, edit: impl FnOnce(&mut Client)) {
        if let Some(client) = self.clients.iter_mut().find(|client| client.id == id) {
            edit(client);
        }
    }

    fn start(&mut self, id: ClientId, run: RunId, work: Work) {
        // What the replaced run still had to tell interests nobody.
        self.events.retain(|event| event.client != id);
        // A new run comes first once, as what the reader just did should be answered, and is then level with those at
        // work: neither behind them nor with claims from the past.
        let level = self.clients.iter().filter(|client| client.can_work()).map(|client| client.used).min();
        let client = self.client(id);
        client.used = level.unwrap_or(client.used) - 1;
        client.run = run;
        client.is_paused = false;
        client.state = State::New(work);
    }

    /// Whether there is anything to do now.
    pub fn is_busy(&self) -> bool {
        self.next().is_some()
    }

    /// The client whose turn it is: who has had least time.
    fn next(&self) -> Option<usize> {
        if self.page == Some(Visibility::Hidden) {
            return None;
        }
        let ready = self.clients.iter().enumerate().filter(|(_, client)| client.can_work());
        ready.min_by_key(|(_, client)| client.used).map(|(at, _)| at)
    }

    /// Works for as long as `has_time` says so, but at least one step if there is anything to do. A step takes a few
    /// milliseconds.
    pub fn advance(&mut self, mut has_time: impl FnMut() -> bool) {
        while let Some(at) = self.next() {
            self.step(at);
            if !has_time() {
                break;
            }
        }
    }

    fn step(&mut self, at: usize) {
        let Self { desk, clients, events, .. } = self;
        let client = &mut clients[at];
        client.used += match client.visibility {
            Visibility::Visible => 1,
            Visibility::Hidden => HIDDEN_COST,
        };
        let progress = match mem::replace(&mut client.state, State::Idle) {
            State::New(work) => begin(client.id, &work, desk).map(|begun| match begun {
                Begun::Done => Progress::Done,
                Begun::Job(job) => {
                    client.state = State::Working(job);
                    Progress::More
                }
                Begun::Waiting => {
                    client.state = State::Loading(work);
                    Progress::More
                }
            }),
            State::Working(mut job) => {
                let progress = job.step(desk);
                if progress == Ok(Progress::More) {
                    client.state = State::Working(job);
                }
                progress
            }
            state @ (State::Idle | State::Loading(_)) => {
                client.state = state;
                return;
            }
        };
        let end = match progress {
            Ok(Progress::More) => None,
            Ok(Progress::Done) => Some(Report::Finished),
            Err(problem) => Some(Report::Failed(problem)),
        };
        let (id, run) = (client.id, client.run);
        for report in desk.reports.drain(..).chain(end) {
            tell(events, Event { client: id, run, report });
        }
    }

    /// The next model to fetch; each is handed out once, and then provided or failed.
    pub fn wanted(&mut self) -> Option<String> {
        self.desk.shelf.wanted()
    }

    /// Tells who waits for a model how much of it has come, in bytes.
    pub fn loading(&mut self, rung: &str, loaded: u32, total: u32) {
        let Self { clients, events, .. } = self;
        for client in clients.iter().filter(|client| client.waits_for(rung)) {
            let report = Report::Loading { loaded, total };
            tell(events, Event { client: client.id, run: client.run, report });
        }
    }

    /// Takes the bytes of a model, and lets those who waited for it begin.
    ///
    /// # Errors
    /// What is wrong with the bytes; the model is then still waited for, so that it can be fetched anew or failed.
    pub fn provide(&mut self, rung: &str, bytes: &[u8]) -> Result<(), transformer::Error> {
        self.desk.shelf.provide(rung, bytes)?;
        for client in self.clients.iter_mut().filter(|client| client.waits_for(rung)) {
            if let State::Loading(work) = mem::replace(&mut client.state, State::Idle) {
                client.state = State::New(work);
            }
        }
        Ok(())
    }

    /// Ends the runs that waited for a model. Asked for again, it is fetched again.
    pub fn fail(&mut self, rung: &str, reason: &str) {
        self.desk.shelf.forget(rung);
        let Self { clients, events, .. } = self;
        for client in clients.iter_mut().filter(|client| client.waits_for(rung)) {
            client.state = State::Idle;
            let problem = Problem::Weights { rung: rung.to_owned(), reason: reason.to_owned() };
            let report = Report::Failed(problem);
            tell(events, Event { client: client.id, run: client.run, report });
        }
    }

    /// What happened since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        mem::take(&mut self.events)
    }

    /// The same as bytes of one message; none if nothing happened.
    pub fn take_bytes(&mut self) -> Option<Vec<u8>> {
        let events = self.take_events();
        (!events.is_empty()).then(|| encode(&events))
    }
}

/// Adds an event. Running counts replace those that have not been fetched.
fn tell(events: &mut Vec<Event>, event: Event) {
    if matches!(event.report, Report::Loading { .. } | Report::Tallies(_) | Report::Losses { .. }) {
        let kind = mem::discriminant(&event.report);
        events.retain(|old| old.client != event.client || mem::discriminant(&old.report) != kind);
    }
    events.push(event);
}

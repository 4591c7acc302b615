//! Who wants what of the lab: the figures' side of the channel.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use worker::{ClientId, Event, Problem, Report, Request, RunId, Visibility, Work, decode, encode};
use yew::Callback;

use super::host::{Host, Place, Said};
use crate::browser;

/// How often a run may see the lab break down before it is given up.
const CRASHES: u8 = 1;

thread_local! {
    static HUB: RefCell<Hub> = const { RefCell::new(Hub::new()) };
}

/// All clients of the page, and the lab once somebody has needed it.
struct Hub {
    host: Option<Host>,
    place: Place,
    members: Vec<Member>,
    next_id: u32,
    on_page: Option<EventListener>,
}

/// A client and its run.
struct Member {
    id: ClientId,
    on_report: Callback<Report>,
    run: RunId,
    /// What to send again if the lab breaks down; none when the run is over.
    started: Option<Request>,
    is_paused: bool,
    visibility: Visibility,
    crashes: u8,
}

/// A part of a figure that has work done. Cheap to clone; [`use_lab`](crate::hooks::use_lab) makes it and takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client(ClientId);

impl Client {
    /// Joins, with a callback for what happens.
    pub(crate) fn join(on_report: Callback<Report>) -> Self {
        HUB.with_borrow_mut(|hub| {
            hub.next_id += 1;
            let id = ClientId(hub.next_id);
            hub.members.push(Member {
                id,
                on_report,
                run: RunId(0),
                started: None,
                is_paused: false,
                visibility: Visibility::Visible,
                crashes: 0,
            });
            Self(id)
        })
    }

    /// Leaves: the run ends, and the model that it trained is forgotten. With the last client the worker ends too.
    pub(crate) fn leave(&self) {
        HUB.with_borrow_mut(|hub| {
            hub.members.retain(|member| member.id != self.0);
            hub.send(&Request::Leave(self.0));
            if hub.members.is_empty() {
                hub.host = None;
            }
        });
    }

    /// Says whether the reader sees the figure.
    pub(crate) fn set_visibility(&self, visibility: Visibility) {
        self.change(|member| member.visibility = visibility);
        HUB.with_borrow(|hub| hub.send(&Request::Seen(self.0, visibility)));
    }

    /// The name by which another client's work can speak of the model that this one trained.
    pub fn id(&self) -> ClientId {
        self.0
    }

    /// Has work done, instead of what this client wanted before.
    pub fn start(&self, work: Work) {
        self.change(|member| {
            let run = RunId(member.run.0 + 1);
            member.run = run;
            member.started = Some(Request::Start { client: member.id, run, work });
            member.is_paused = false;
            member.crashes = 0;
        });
        if crate::IS_PAGE {
            HUB.with_borrow_mut(|hub| {
                if hub.host.is_some() {
                    hub.send_start(self.0);
                } else {
                    hub.open();
                }
            });
        }
    }

    /// Stops the run where it is.
    pub fn pause(&self) {
        self.change(|member| member.is_paused = true);
        HUB.with_borrow(|hub| hub.send(&Request::Pause(self.0)));
    }

    /// Lets the run go on.
    pub fn resume(&self) {
        self.change(|member| member.is_paused = false);
        HUB.with_borrow(|hub| hub.send(&Request::Resume(self.0)));
    }

    fn change(&self, edit: impl FnOnce(&mut Member)) {
        HUB.with_borrow_mut(|hub| {
            if let Some(member) = hub.members.iter_mut().find(|member| member.id == self.0) {
                edit(member);
            }
        });
    }
}

impl Hub {
    const fn new() -> Self {
        Self { host: None, place: Place::Worker, members: Vec::new(), next_id: 0, on_page: None }
    }

    fn send(&self, request: &Request) {
        if let Some(host) = &self.host {
            host.send(&encode(request));
        }
    }

    /// Sends all that the lab must know of a client.
    fn send_start(&self, client: ClientId) {
        let Some(member) = self.members.iter().find(|member| member.id == client) else { return };
        self.send(&Request::Seen(client, member.visibility));
        if let Some(started) = &member.started {
            self.send(started);
        }
        if member.is_paused {
            self.send(&Request::Pause(client));
        }
    }

    /// Starts the lab, on the page if there can be no worker, and sends it every run.
    fn open(&mut self) {
        let tell: Rc<dyn Fn(Said)> = Rc::new(|said| {
            // Not at once: what was said may end the host that says it.
            spawn_local(async move { hear(said) });
        });
        self.host = Host::start(self.place, Rc::clone(&tell));
        if self.host.is_none() && self.place == Place::Worker {
            self.place = Place::Page;
            self.host = Host::start(self.place, Rc::clone(&tell));
        }
        if self.host.is_none() {
            tell(Said::Absent);
        }
        if self.on_page.is_none() {
            self.on_page = browser::document().map(|document| {
                EventListener::new(&document, "visibilitychange", |_| HUB.with_borrow(Self::tell_page))
            });
        }
        self.tell_page();
        for member in &self.members {
            self.send_start(member.id);
        }
    }

    fn tell_page(&self) {
        let is_hidden = browser::document().is_some_and(|document| document.hidden());
        self.send(&Request::Page(if is_hidden { Visibility::Hidden } else { Visibility::Visible }));
    }

    /// Takes what the lab says and returns what to tell whom.
    fn take(&mut self, said: Said) -> Vec<(Callback<Report>, Report)> {
        match said {
            Said::Events(bytes) => match decode::<Vec<Event>>(&bytes) {
                Ok(events) => events.into_iter().filter_map(|event| self.address(event)).collect(),
                Err(damaged) => self.broke(&damaged.to_string()),
            },
            Said::Broke(reason) => self.broke(&reason),
            Said::Absent if self.place == Place::Worker => {
                self.place = Place::Page;
                self.open();
                Vec::new()
            }
            Said::Absent => self.broke("its program could not be loaded"),
        }
    }

    /// Whom an event is for; nobody, if it belongs to a run that has been replaced.
    fn address(&mut self, event: Event) -> Option<(Callback<Report>, Report)> {
        let is_own = |member: &&mut Member| member.id == event.client && member.run == event.run;
        let member = self.members.iter_mut().find(is_own)?;
        if matches!(event.report, Report::Finished | Report::Failed(_)) {
            member.started = None;
        }
        Some((member.on_report.clone(), event.report))
    }

    /// Starts the lab again with the runs that it had, less those that have seen it break down before.
    fn broke(&mut self, reason: &str) -> Vec<(Callback<Report>, Report)> {
        self.host = None;
        // A module of the page is never loaded twice, so one that broke down there stays broken.
        let limit = if self.place == Place::Worker { CRASHES } else { 0 };
        let mut failed = Vec::new();
        for member in self.members.iter_mut().filter(|member| member.started.is_some()) {
            member.crashes += 1;
            if member.crashes > limit {
                member.started = None;
                let problem = Problem::Crashed(reason.to_owned());
                failed.push((member.on_report.clone(), Report::Failed(problem)));
            }
        }
        if self.members.iter().any(|member| member.started.is_some()) {
            self.open();
        }
        failed
    }
}

/// Hands on what the lab says. Outside of the hub's borrow: a figure may start its next work at once.
fn hear(said: Said) {
    for (on_report, report) in HUB.with_borrow_mut(|hub| hub.take(said)) {
        on_report.emit(report);
    }
}

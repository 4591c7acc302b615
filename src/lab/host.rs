//! Where the lab runs: in a web worker, or as a module of the page where none can start. `assets/lab.js` is the other
//! end of the channel in both cases.

use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CustomEvent, CustomEventInit, Element, MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions,
    WorkerType,
};

use crate::browser;

/// The event by which a module of the page is given its port.
const PORT: &str = "essay:lab";

/// What the lab says.
pub enum Said {
    /// Events, as bytes.
    Events(Vec<u8>),
    /// It broke down.
    Broke(String),
    /// Its script could not be run there at all.
    Absent,
}

/// A place where the lab runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A worker of its own.
    Worker,
    /// The page.
    Page,
}

/// A running lab. Ends when dropped.
pub struct Host {
    port: MessagePort,
    worker: Option<Worker>,
    /// A script element, for a lab on the page.
    script: Option<Element>,
    /// They stop to listen when they are dropped.
    listeners: Vec<EventListener>,
}

impl Host {
    /// Starts the lab; `None` where the browser refuses at once.
    pub fn start(place: Place, tell: Rc<dyn Fn(Said)>) -> Option<Self> {
        let address = format!("{}lab.js", browser::root_data("lab")?);
        let channel = MessageChannel::new().ok()?;
        let (port, other) = (channel.port1(), channel.port2());
        let on_message = {
            let tell = Rc::clone(&tell);
            EventListener::new(&port, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map_or(JsValue::NULL, MessageEvent::data);
                tell(match data.dyn_into::<Uint8Array>() {
                    Ok(bytes) => Said::Events(bytes.to_vec()),
                    Err(other) => Said::Broke(browser::message(&other)),
                });
            })
        };
        // What is sent before the lab listens waits in the channel.
        port.start();
        let mut host = Self { port, worker: None, script: None, listeners: vec![on_message] };
        match place {
            Place::Worker => {
                let options = WorkerOptions::new();
                options.set_type(WorkerType::Module);
                let worker = Worker::new_with_options(&address, &options).ok()?;
                host.listeners.push(EventListener::new(&worker, "error", move |_| tell(Said::Absent)));
                worker.post_message_with_transfer(&JsValue::NULL, &Array::of1(&other)).ok()?;
                host.worker = Some(worker);
            }
            Place::Page => {
                let script = browser::document()?.create_element("script").ok()?;
                browser::set_attribute(&script, "type", "module");
                browser::set_attribute(&script, "src", &address);
                host.listeners.push(EventListener::new(&script, "load", move |_| hand_over(&other)));
                host.listeners.push(EventListener::new(&script, "error", move |_| tell(Said::Absent)));
                browser::root()?.append_child(&script).ok()?;
                host.script = Some(script);
            }
        }
        Some(host)
    }

    /// Sends a request.
    pub fn send(&self, request: &[u8]) {
        // Bytes can always be cloned.
        let sent = self.port.post_message(&Uint8Array::from(request));
        debug_assert!(sent.is_ok());
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.port.close();
        if let Some(worker) = &self.worker {
            worker.terminate();
        }
        if let Some(script) = &self.script {
            script.remove();
        }
    }
}

/// Gives the module on the page its end of the channel.
fn hand_over(port: &MessagePort) {
    let init = CustomEventInit::new();
    init.set_detail(port);
    let event = CustomEvent::new_with_event_init_dict(PORT, &init);
    if let Some((document, event)) = browser::document().zip(event.ok()) {
        drop(document.dispatch_event(&event));
    }
}

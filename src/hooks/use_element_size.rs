//! The size of an element, kept current.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use crate::plot::Size;

/// The size of the element behind `node` in CSS pixels; `None` until it is in the page.
#[hook]
pub fn use_element_size(node: &NodeRef) -> Option<Size> {
    let size = use_state_eq(|| None);
    {
        let (node, size) = (node.clone(), size.clone());
        use_effect_with((), move |()| {
            let element = node.cast::<Element>();
            let measure = element.clone().map(|element| {
                move || {
                    let rect = element.get_bounding_client_rect();
                    if rect.width() >= 1.0 && rect.height() >= 1.0 {
                        size.set(Some(Size { width: rect.width(), height: rect.height() }));
                    }
                }
            });
            let observed = element.zip(measure).and_then(|(element, measure)| {
                measure();
                let on_resize = Closure::<dyn Fn()>::new(measure);
                let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
                observer.observe(&element);
                Some((observer, on_resize))
            });
            move || {
                if let Some((observer, _)) = observed {
                    observer.disconnect();
                }
            }
        });
    }
    *size
}

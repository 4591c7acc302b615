//! The vectors of the browser for [`particles`]: the page itself is built without, because a module with a single
//! vector in it does not start where they are unknown (Safari before 16.4).

use particles::Kernel;

/// The kernel with vectors, if the browser has them; the first call compiles it, in about a millisecond. For
/// `Simulation::with_kernel`: without it a simulation makes the same run in twice the time.
#[cfg(target_arch = "wasm32")]
pub fn kernel() -> Option<Kernel> {
    thread_local! {
        static KERNEL: Option<Kernel> = instantiate().ok();
    }
    KERNEL.with(Clone::clone)
}

/// The native build has no use for it.
#[cfg(not(target_arch = "wasm32"))]
pub fn kernel() -> Option<Kernel> {
    None
}

#[cfg(target_arch = "wasm32")]
fn instantiate() -> Result<Kernel, wasm_bindgen::JsValue> {
    use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
    use wasm_bindgen::{JsCast, JsValue};

    let module = WebAssembly::Module::new(&Uint8Array::from(particles::SIMD_MODULE))?;
    let (imports, env) = (Object::new(), Object::new());
    Reflect::set(&env, &"memory".into(), &wasm_bindgen::memory())?;
    Reflect::set(&imports, &"env".into(), &env)?;
    let instance = WebAssembly::Instance::new(&module, &imports)?;
    let run: Function = Reflect::get(&instance.exports(), &"run".into())?.dyn_into()?;
    let call = move |task, frame| {
        let arguments: [JsValue; 2] = [(task as u32).into(), (frame as usize as u32).into()];
        let ran = run.call2(&JsValue::UNDEFINED, &arguments[0], &arguments[1]);
        ran.expect("the kernel throws nothing");
    };
    // SAFETY: the module is this crate's own kernel, and its memory is the page's.
    Ok(unsafe { Kernel::new(call) })
}

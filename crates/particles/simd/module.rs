//! The kernel as a WebAssembly module of its own, with vectors. It has no memory: it works on the importer's.
#![no_std]

#[allow(dead_code)]
#[path = "../src/kernel.rs"]
mod kernel;
#[path = "../src/lanes.rs"]
mod lanes;
#[allow(dead_code)]
#[path = "../src/lennard_jones.rs"]
mod lennard_jones;

/// Does the task of the given number.
///
/// # Safety
/// As for `kernel::run`.
#[unsafe(no_mangle)]
unsafe extern "C" fn run(task: u32, frame: &mut kernel::Frame) {
    let task = match task {
        0 => kernel::Task::Advance,
        1 => kernel::Task::Interact,
        _ => kernel::Task::List,
    };
    // SAFETY: the caller's.
    unsafe { kernel::run(task, frame) };
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

//! What is allocated when: counted by an allocator that passes everything on to the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use transformer::optimizer::{Optimizer, Settings};
use transformer::{
    Architecture, Batch, Config, Error, Generator, Init, Parameters, Positions, Sequences, Unembedding,
    checkpoint, model,
};

thread_local! {
    /// Bytes that this thread has asked for; tests run on threads of their own.
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.set(ALLOCATED.get() + layout.size());
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from `System`, as every pointer of this allocator does.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

const ARCHITECTURE: Architecture = Architecture {
    vocab_size: 50,
    context_len: 16,
    n_layer: 2,
    n_head: 2,
    d_model: 32,
    d_ff: Some(128),
    unembedding: Unembedding::Tied,
    positions: Positions::Rotary { base: 100.0 },
};

#[test]
fn training_steps_after_the_first_allocate_nothing() {
    let config = Config::new(ARCHITECTURE).unwrap();
    let generator = &mut Generator::from_seed(1);
    let mut parameters = Parameters::init(&config, Init::default(), generator);
    let mut gradient = Parameters::zeros(&config);
    let mut optimizer = Optimizer::new(&config, Settings::muon());
    let mut workspace = model::Workspace::new(&config);
    let tokens: Vec<u16> = (0..64).map(|_| generator.below(50) as u16).collect();
    for step in 0..4 {
        let before = ALLOCATED.get();
        let inputs = Sequences::new(&config, &tokens, 16).unwrap();
        let batch = Batch::new(&config, inputs, &tokens).unwrap();
        model::accumulate_gradient(&mut workspace, &mut gradient, &parameters, &batch, 0.01);
        optimizer.step(&mut parameters, &gradient, 1.0);
        let allocated = ALLOCATED.get() - before;
        assert!(step == 0 || allocated == 0, "step {step} allocated {allocated} bytes");
    }
}

#[test]
fn a_short_checkpoint_that_claims_a_large_model_takes_no_memory() {
    let config = Config::new(ARCHITECTURE).unwrap();
    let mut bytes = checkpoint::encode(&Parameters::zeros(&config), checkpoint::Precision::F32);
    // 64 layers of width 512: half a gigabyte of weights.
    bytes[20..24].copy_from_slice(&64_u32.to_le_bytes());
    bytes[28..32].copy_from_slice(&512_u32.to_le_bytes());
    let before = ALLOCATED.get();
    let error = checkpoint::decode(&bytes).unwrap_err();
    assert!(matches!(error, Error::CheckpointLength { expected, .. } if expected > 200_000_000), "{error}");
    // The list of 514 tensors, at most 64 layers, is all that is made.
    assert!(ALLOCATED.get() - before < 100_000);
}

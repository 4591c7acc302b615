//! The whole model: residual stream, blocks that add to it, and the logits at its end.
//!
//! ```text
//! residual = scale · embedding[tokens]
//! for each layer:  residual += attention(norm(residual));  residual += mlp(norm(residual))
//! logits = norm(residual) · unembeddingᵀ
//! ```

mod attention_block;
mod mlp_block;
mod norm;
mod pass;
mod workspace;

pub use pass::{accumulate_gradient, forward, forward_without, losses};
pub use workspace::Workspace;

//! Reading a prompt at once: what the model expects next, and where its heads looked.

use transformer::model::{self, Workspace};
use transformer::{Parameters, Sequences};

use super::{Desk, guesses, head_set, of_heads};
use crate::message::{Attention, AttentionMap, Places, Problem, Report, Work};
use crate::question::Question;

/// Does [`Work::Read`].
pub fn read(work: &Work, desk: &mut Desk, parameters: &Parameters) -> Result<(), Problem> {
    let Work::Read { prompt, ablated, top, places, attention, .. } = work else { return Ok(()) };
    let question = Question::new(&desk.corpus(), prompt)?;
    let config = parameters.config();
    let time = question.prompt.len();
    let heads = head_set(parameters, ablated)?;
    let workspace = &mut Workspace::new(config);
    let sequences = Sequences::new(config, &question.prompt, time)?;
    model::forward_without(workspace, parameters, sequences, &heads);

    let rows = || workspace.logits().chunks_exact(config.vocab_size());
    let first = if *places == Places::All { 0 } else { time - 1 };
    let next = rows().skip(first).map(|logits| guesses(logits, *top)).collect();
    let surprises = rows().zip(&question.prompt[1..]).skip(first);
    let losses = surprises.map(|(logits, &token)| loss(logits, token)).collect();
    let map = |layer: usize, head: usize| {
        let map = workspace.attention_map(0, layer, head)?;
        let probs = if *attention == Attention::Last { &map[(time - 1) * time..] } else { map };
        Ok(AttentionMap { layer: layer as u8, head: head as u8, probs: probs.to_vec() })
    };
    let attention = match *attention {
        Attention::None => Vec::new(),
        Attention::Last | Attention::Maps => of_heads(config, map)?,
        Attention::Head { layer, head } => vec![map(layer.into(), head.into())?],
    };
    let report =
        Report::Reading { reference: question.reference(), next, losses, attention, prompt: question.prompt };
    desk.report(report);
    Ok(())
}

/// -ln of the probability of a token.
pub fn loss(logits: &[f32], token: u16) -> f32 {
    let max = logits.iter().fold(f32::NEG_INFINITY, |max, &logit| max.max(logit));
    let sum: f64 = logits.iter().map(|logit| f64::from(logit - max).exp()).sum();
    sum.ln() as f32 + max - logits[usize::from(token)]
}

//! Reading a prompt at once: what the model expects next, and where its heads looked.

use transformer::model::{self, Workspace};
use transformer::{Parameters, Sequences};

use super::{Desk, guesses, head_set};
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
    let (next, losses) = match places {
        Places::All => {
            let next = rows().map(|logits| guesses(logits, *top)).collect::<Result<_, _>>()?;
            (next, rows().zip(&question.prompt[1..]).map(|(logits, &token)| loss(logits, token)).collect())
        }
        Places::Last => {
            (rows().skip(time - 1).map(|logits| guesses(logits, *top)).collect::<Result<_, _>>()?, vec![])
        }
    };
    let map = |(layer, head): (usize, usize)| {
        let map = workspace.attention_map(0, layer, head)?;
        let probs = if *attention == Attention::Last { &map[(time - 1) * time..] } else { map };
        Ok(AttentionMap { layer: layer as u8, head: head as u8, probs: probs.to_vec() })
    };
    let every =
        || (0..config.n_layer()).flat_map(|layer| (0..config.n_head()).map(move |head| (layer, head)));
    let attention: Result<_, transformer::Error> = match *attention {
        Attention::None => Ok(Vec::new()),
        Attention::Last | Attention::Maps => every().map(map).collect(),
        Attention::Head { layer, head } => map((layer.into(), head.into())).map(|map| vec![map]),
    };
    let report = Report::Reading {
        reference: question.reference(),
        next,
        losses,
        attention: attention?,
        prompt: question.prompt,
    };
    desk.report(report);
    Ok(())
}

/// -ln of the probability of a token.
pub fn loss(logits: &[f32], token: u16) -> f32 {
    let max = logits.iter().fold(f32::NEG_INFINITY, |max, &logit| max.max(logit));
    let sum: f32 = logits.iter().map(|logit| (logit - max).exp()).sum();
    sum.ln() + max - logits[usize::from(token)]
}

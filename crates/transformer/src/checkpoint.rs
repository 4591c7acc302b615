//! Models as bytes.
//!
//! Little-endian throughout:
//!
//! | bytes | content |
//! |---|---|
//! | 8 | magic `89 54 46 4d 0d 0a 1a 0a`, which shows damage by text conversion as PNG's does |
//! | 4 | version, 1 |
//! | 24 | `vocab_size context_len n_layer n_head d_model d_ff` (0 for none), `u32` each |
//! | 4 | 0 if the unembedding is tied, 1 if not |
//! | 4 | rotary base, `f32`; 0 if positions are learned |
//! | 4 | precision: 32 for `f32`, 2 to 8 for that many bits |
//! | … | the tensors in the order of the [`Layout`] |
//! | 4 | CRC-32 of all bytes before |
//!
//! With 2 to 8 bits, a row of a matrix or table is its scale as `f32` and then its codes, each plus the largest code,
//! packed from the lowest bit up and filled to a whole byte. Gains and everything at 32 bits are `f32`.

use crate::checksum::crc_32;
use crate::quantization::{Bits, code, scale_rule};
use crate::{Architecture, Config, Error, Layout, Parameters, Positions, Role, Tensor, Unembedding};

const MAGIC: [u8; 8] = *b"\x89TFM\r\n\x1a\n";
const VERSION: u32 = 1;
/// Words after magic and version: eight of the architecture and the precision.
const HEADER_WORDS: usize = 9;
const HEADER: usize = MAGIC.len() + 4 + 4 * HEADER_WORDS;
const CHECKSUM: usize = 4;

/// How weights are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Exactly.
    F32,
    /// Quantized; see [`quantization`](crate::quantization).
    Quantized(Bits),
}

/// The bytes of a model.
pub fn encode(parameters: &Parameters, precision: Precision) -> Vec<u8> {
    let config = parameters.config();
    let mut bytes = Vec::with_capacity(encoded_len(config, precision) as usize);
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    let dimensions = [
        config.vocab_size(),
        config.context_len(),
        config.n_layer(),
        config.n_head(),
        config.d_model(),
        config.d_ff().unwrap_or(0),
        usize::from(config.unembedding() == Unembedding::Untied),
    ];
    for dimension in dimensions {
        bytes.extend((dimension as u32).to_le_bytes());
    }
    let rotary_base = match config.positions() {
        Positions::Rotary { base } => base,
        Positions::Learned => 0.0,
    };
    bytes.extend(rotary_base.to_le_bytes());
    let bits = match precision {
        Precision::F32 => 32,
        Precision::Quantized(bits) => bits.count().into(),
    };
    bytes.extend(u32::to_le_bytes(bits));
    let row_scale = scale_rule(config);
    for tensor in parameters.layout().tensors() {
        let values = parameters.tensor(tensor.weight);
        match stored_bits(tensor, precision) {
            None => bytes.extend(values.iter().flat_map(|value| value.to_le_bytes())),
            Some(bits) => {
                for row in values.chunks_exact(tensor.cols) {
                    let scale = row_scale(row, bits);
                    bytes.extend(scale.to_le_bytes());
                    let codes = row.iter().map(|&value| code(value, scale, bits));
                    pack(&mut bytes, codes, bits);
                }
            }
        }
    }
    let checksum = crc_32(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// The model in some bytes, and how it was stored.
///
/// Everything is checked before it is used: memory is only taken once the length of the bytes has been found to be
/// exactly what the dimensions ask for.
///
/// # Errors
/// [`Error::NotACheckpoint`], [`Error::CheckpointVersion`], [`Error::CheckpointLength`],
/// [`Error::CheckpointChecksum`], [`Error::CheckpointField`], [`Error::CheckpointValue`], and those of
/// [`Config::new`].
pub fn decode(bytes: &[u8]) -> Result<(Parameters, Precision), Error> {
    let (magic, rest) = bytes.split_first_chunk().ok_or(Error::NotACheckpoint)?;
    if *magic != MAGIC {
        return Err(Error::NotACheckpoint);
    }
    let too_short = Error::CheckpointLength { len: bytes.len() as u64, expected: (HEADER + CHECKSUM) as u64 };
    let (version, rest) = rest.split_first_chunk().ok_or(too_short.clone())?;
    let version = u32::from_le_bytes(*version);
    if version != VERSION {
        return Err(Error::CheckpointVersion { version, supported: VERSION });
    }
    let (header, rest) = rest.split_first_chunk::<{ 4 * HEADER_WORDS }>().ok_or(too_short)?;
    let (config, precision) = decode_header(header)?;

    let expected = encoded_len(&config, precision);
    if bytes.len() as u64 != expected {
        return Err(Error::CheckpointLength { len: bytes.len() as u64, expected });
    }
    let (payload, stored) = rest.split_at(rest.len() - CHECKSUM);
    let stored = u32::from_le_bytes([stored[0], stored[1], stored[2], stored[3]]);
    let computed = crc_32(&bytes[..bytes.len() - CHECKSUM]);
    if stored != computed {
        return Err(Error::CheckpointChecksum { stored, computed });
    }
    Ok((decode_tensors(&config, precision, payload)?, precision))
}

fn decode_header(header: &[u8; 4 * HEADER_WORDS]) -> Result<(Config, Precision), Error> {
    let (words, _) = header.as_chunks();
    let word = |index: usize| u32::from_le_bytes(words[index]);
    let dimension = |index: usize| word(index) as usize;
    let config = Config::new(Architecture {
        vocab_size: dimension(0),
        context_len: dimension(1),
        n_layer: dimension(2),
        n_head: dimension(3),
        d_model: dimension(4),
        d_ff: (word(5) != 0).then(|| dimension(5)),
        unembedding: match word(6) {
            0 => Unembedding::Tied,
            1 => Unembedding::Untied,
            value => return Err(Error::CheckpointField { name: "unembedding", value }),
        },
        positions: match f32::from_bits(word(7)) {
            0.0 => Positions::Learned,
            base => Positions::Rotary { base },
        },
    })?;
    let precision = match word(8) {
        32 => Precision::F32,
        value => match u8::try_from(value).map(Bits::new) {
            Ok(Ok(bits)) => Precision::Quantized(bits),
            _ => return Err(Error::CheckpointField { name: "precision", value }),
        },
    };
    Ok((config, precision))
}

fn decode_tensors(config: &Config, precision: Precision, mut payload: &[u8]) -> Result<Parameters, Error> {
    let mut parameters = Parameters::zeros(config);
    for tensor in Layout::new(config).tensors() {
        let values = parameters.tensor_mut(tensor.weight);
        let mut take = |len: usize| {
            let (taken, rest) = payload.split_at(len);
            payload = rest;
            taken
        };
        match stored_bits(tensor, precision) {
            None => {
                let (words, _) = take(4 * values.len()).as_chunks();
                for (value, word) in values.iter_mut().zip(words) {
                    *value = f32::from_le_bytes(*word);
                }
            }
            Some(bits) => {
                for row in values.chunks_exact_mut(tensor.cols) {
                    let scale = take(4);
                    let scale = f32::from_le_bytes([scale[0], scale[1], scale[2], scale[3]]);
                    unpack(row, take(packed_len(tensor.cols, bits)), bits);
                    for value in row {
                        *value *= scale;
                    }
                }
            }
        }
    }
    match parameters.values().iter().position(|value| !value.is_finite()) {
        Some(index) => Err(Error::CheckpointValue { index }),
        None => Ok(parameters),
    }
}

/// The bits of a tensor's values; `None` for `f32`.
fn stored_bits(tensor: &Tensor, precision: Precision) -> Option<Bits> {
    match precision {
        Precision::Quantized(bits) if tensor.role() != Role::Gain => Some(bits),
        _ => None,
    }
}

/// Length of the whole, in bytes. A configuration has at most 2²⁸ parameters, so nothing overflows.
fn encoded_len(config: &Config, precision: Precision) -> u64 {
    let tensors: u64 = Layout::new(config)
        .tensors()
        .iter()
        .map(|tensor| match stored_bits(tensor, precision) {
            None => 4 * tensor.range().len() as u64,
            Some(bits) => tensor.rows as u64 * (4 + packed_len(tensor.cols, bits) as u64),
        })
        .sum();
    (HEADER + CHECKSUM) as u64 + tensors
}

const fn packed_len(n: usize, bits: Bits) -> usize {
    (n * bits.count() as usize).div_ceil(8)
}

/// Appends codes, each plus the largest code, from the lowest bit up.
fn pack(bytes: &mut Vec<u8>, codes: impl Iterator<Item = i8>, bits: Bits) {
    let (mut pending, mut n_pending) = (0_u32, 0);
    for code in codes {
        let unsigned = (i16::from(code) + i16::from(bits.max_code())) as u32;
        pending |= unsigned << n_pending;
        n_pending += u32::from(bits.count());
        while n_pending >= 8 {
            bytes.push(pending as u8);
            pending >>= 8;
            n_pending -= 8;
        }
    }
    if n_pending > 0 {
        bytes.push(pending as u8);
    }
}

/// Writes packed codes as numbers.
fn unpack(values: &mut [f32], bytes: &[u8], bits: Bits) {
    let mask = (1_u32 << bits.count()) - 1;
    let mut bytes = bytes.iter();
    let (mut pending, mut n_pending) = (0_u32, 0);
    for value in values {
        if n_pending < u32::from(bits.count()) {
            pending |= u32::from(bytes.next().copied().unwrap_or(0)) << n_pending;
            n_pending += 8;
        }
        *value = (pending & mask) as f32 - f32::from(bits.max_code());
        pending >>= bits.count();
        n_pending -= u32::from(bits.count());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quantization::round_trip;
    use crate::{Generator, Init, Weight};

    fn model(unembedding: Unembedding, d_ff: Option<usize>) -> Parameters {
        let config = Config::new(Architecture {
            vocab_size: 7,
            context_len: 8,
            n_layer: 2,
            n_head: 2,
            // Rows of six codes end inside a byte at 3, 5, 6 and 7 bits.
            d_model: 12,
            d_ff,
            unembedding,
            positions: Positions::Rotary { base: 100.0 },
        })
        .unwrap();
        Parameters::init(&config, Init::default(), &mut Generator::from_seed(1))
    }

    /// Makes the checksum right again, so that only the other checks stand in the way.
    fn sign(bytes: &mut [u8]) {
        let end = bytes.len() - CHECKSUM;
        let checksum = crc_32(&bytes[..end]);
        bytes[end..].copy_from_slice(&checksum.to_le_bytes());
    }

    #[test]
    fn f32_comes_back_exactly() {
        let rotary = model(Unembedding::Untied, None);
        let architecture = Architecture { positions: Positions::Learned, ..*rotary.config().architecture() };
        let config = Config::new(architecture).unwrap();
        let learned = Parameters::init(&config, Init::default(), &mut Generator::from_seed(1));
        for parameters in [model(Unembedding::Tied, Some(20)), rotary, learned] {
            let bytes = encode(&parameters, Precision::F32);
            assert_eq!(decode(&bytes).unwrap(), (parameters, Precision::F32));
        }
    }

    #[test]
    fn quantized_weights_come_back_as_their_round_trip() {
        let parameters = model(Unembedding::Tied, Some(21));
        for bits in (2..=8).map(|bits| Bits::new(bits).unwrap()) {
            let bytes = encode(&parameters, Precision::Quantized(bits));
            let (decoded, precision) = decode(&bytes).unwrap();
            assert_eq!(decoded, round_trip(&parameters, bits));
            assert_eq!(precision, Precision::Quantized(bits));
        }
    }

    #[test]
    fn eight_bits_take_a_byte_a_weight_and_a_scale_a_row() {
        let parameters = model(Unembedding::Tied, Some(20));
        let rows = 7 + 2 * (4 * 12 + 20 + 12);
        let weights = 12 * 7 + 2 * (4 * 144 + 2 * 240);
        let gains = 5 * 12;
        let len = encode(&parameters, Precision::Quantized(Bits::EIGHT)).len();
        assert_eq!(len, 48 + 4 * rows + weights + 4 * gains + 4);
    }

    #[test]
    fn each_kind_of_damage_has_its_error() {
        let bytes = encode(&model(Unembedding::Tied, Some(20)), Precision::F32);
        let changed = |at: usize, word: u32| {
            let mut bytes = bytes.clone();
            bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
            sign(&mut bytes);
            decode(&bytes).unwrap_err()
        };
        let len = bytes.len() as u64;
        assert_eq!(decode(b""), Err(Error::NotACheckpoint));
        assert_eq!(decode(b"<!DOCTYPE html>"), Err(Error::NotACheckpoint));
        assert_eq!(changed(8, 2), Error::CheckpointVersion { version: 2, supported: 1 });
        assert_eq!(
            decode(&bytes[..bytes.len() - 1]),
            Err(Error::CheckpointLength { len: len - 1, expected: len })
        );
        assert_eq!(decode(&bytes[..20]), Err(Error::CheckpointLength { len: 20, expected: 52 }));
        assert!(matches!(changed(12, u32::MAX), Error::DimensionTooLarge { name: "vocab_size", .. }));
        assert!(matches!(changed(12, 65_000), Error::CheckpointLength { .. }));
        assert_eq!(changed(36, 7), Error::CheckpointField { name: "unembedding", value: 7 });
        assert!(matches!(changed(40, 1_f32.to_bits()), Error::RopeBase { value: 1.0 }));
        // Zero stands for learned positions, whose table is missing here.
        assert!(matches!(changed(40, 0), Error::CheckpointLength { .. }));
        assert_eq!(changed(44, 9), Error::CheckpointField { name: "precision", value: 9 });
        assert_eq!(changed(48, f32::NAN.to_bits()), Error::CheckpointValue { index: 0 });
        let mut flipped = bytes.clone();
        flipped[60] ^= 4;
        assert!(matches!(decode(&flipped), Err(Error::CheckpointChecksum { .. })));
    }

    #[test]
    fn a_row_of_zeros_survives() {
        let mut parameters = model(Unembedding::Tied, None);
        parameters.tensor_mut(Weight::Embedding).fill(0.0);
        let bytes = encode(&parameters, Precision::Quantized(Bits::EIGHT));
        assert!(decode(&bytes).unwrap().0.tensor(Weight::Embedding).iter().all(|&value| value == 0.0));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_model_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(decode(&bytes).is_err());
        }

        #[test]
        fn every_truncation_is_an_error(precision in 2..9_u8, keep in 0.0..1.0) {
            let precision = Precision::Quantized(Bits::new(precision).unwrap());
            let bytes = encode(&model(Unembedding::Untied, None), precision);
            let keep = (keep * bytes.len() as f64) as usize;
            prop_assert!(decode(&bytes[..keep]).is_err());
        }

        #[test]
        fn every_flipped_bit_is_an_error(at in any::<prop::sample::Index>(), bit in 0..8) {
            let mut bytes = encode(&model(Unembedding::Tied, Some(20)), Precision::Quantized(Bits::EIGHT));
            let at = at.index(bytes.len());
            bytes[at] ^= 1_u8 << bit;
            prop_assert!(decode(&bytes).is_err());
        }

        #[test]
        fn any_signed_header_is_a_model_of_its_length_or_an_error(
            words in prop::array::uniform9(prop_oneof![0..20_u32, any::<u32>()]),
            tail in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let mut bytes = MAGIC.to_vec();
            bytes.extend(VERSION.to_le_bytes());
            bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
            bytes.extend(tail);
            bytes.extend([0; CHECKSUM]);
            sign(&mut bytes);
            if let Ok((parameters, precision)) = decode(&bytes) {
                prop_assert_eq!(encoded_len(parameters.config(), precision), bytes.len() as u64);
            }
        }

        #[test]
        fn any_signed_payload_is_finite_or_an_error(
            at in any::<prop::sample::Index>(),
            noise in prop::collection::vec(any::<u8>(), 1..64),
            bits in 2..9_u8,
        ) {
            let precision = Precision::Quantized(Bits::new(bits).unwrap());
            let mut bytes = encode(&model(Unembedding::Tied, None), precision);
            let start = HEADER + at.index(bytes.len() - HEADER - CHECKSUM);
            for (byte, noise) in bytes[start..].iter_mut().zip(noise) {
                *byte = noise;
            }
            sign(&mut bytes);
            if let Ok((parameters, _)) = decode(&bytes) {
                prop_assert!(parameters.values().iter().all(|value| value.is_finite()));
            }
        }
    }
}

//! Register tiles: a few rows of the left operand times one panel of the right, for each instruction set.

mod portable;
mod strip;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(simd128)]
mod simd128;

pub use strip::Strip;

/// Columns of a panel: two registers of AVX2, four of WebAssembly's SIMD.
pub const PANEL: usize = 16;

/// One row of a panel.
pub type PanelRow = [f32; PANEL];

/// What a product does to its destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// Replace it.
    Set,
    /// Add to it.
    Add,
}

/// An instruction set that this machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Plain Rust.
    Portable,
    /// 256-bit vectors with fused multiply-add, found at run time.
    #[cfg(target_arch = "x86_64")]
    Avx2(avx2::Avx2),
    /// WebAssembly's 128-bit vectors, chosen at build time.
    #[cfg(simd128)]
    Simd128,
}

impl Kernel {
    /// Most rows that a tile of any kernel has.
    pub(super) const MAX_TILE_ROWS: usize = 6;

    /// The fastest kernel that this machine can run.
    pub fn detect() -> Self {
        Self::available().last().unwrap_or(Self::Portable)
    }

    /// The kernels that this machine can run, the fastest last.
    pub fn available() -> impl Iterator<Item = Self> {
        #[cfg(target_arch = "x86_64")]
        let vector = avx2::Avx2::detect().map(Self::Avx2);
        #[cfg(simd128)]
        let vector = Some(Self::Simd128);
        #[cfg(not(any(target_arch = "x86_64", simd128)))]
        let vector = None;
        std::iter::once(Self::Portable).chain(vector)
    }

    /// Most rows that a tile of this kernel has.
    pub(super) const fn tile_rows(self) -> usize {
        match self {
            Self::Portable => portable::TILE_ROWS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => avx2::TILE_ROWS,
            #[cfg(simd128)]
            Self::Simd128 => simd128::TILE_ROWS,
        }
    }

    /// Writes a strip `[rows, k]` times a panel `[k, 16]` to `out`, whose rows start `row_stride` values apart. The
    /// strip has at least one and at most [`tile_rows`](Self::tile_rows) rows.
    pub(super) fn tile(
        self,
        strip: Strip,
        panel: &[PanelRow],
        out: &mut [f32],
        row_stride: usize,
        write: Write,
    ) {
        match self {
            Self::Portable => portable::tile(strip, panel, out, row_stride, write),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.tile(strip, panel, out, row_stride, write),
            #[cfg(simd128)]
            Self::Simd128 => simd128::tile(strip, panel, out, row_stride, write),
        }
    }
}

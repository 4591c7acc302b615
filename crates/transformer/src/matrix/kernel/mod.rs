//! Register tiles: a few rows of the left operand times one panel of the right, for each instruction set.

mod strip;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(not(simd128))]
mod portable;
#[cfg(simd128)]
mod simd128;

#[cfg(not(simd128))]
pub use portable::transpose;
#[cfg(simd128)]
pub use simd128::transpose;
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
    /// Plain Rust; not in a module with vectors, which only runs where they exist.
    #[cfg(not(simd128))]
    Portable,
    /// 256-bit vectors with fused multiply-add, found at run time.
    #[cfg(target_arch = "x86_64")]
    Avx2(avx2::Avx2),
    /// WebAssembly's 128-bit vectors, chosen at build time.
    #[cfg(simd128)]
    Simd128,
}

impl Kernel {
    /// The kernel of every machine that runs the program at all.
    #[cfg(simd128)]
    const BASE: Self = Self::Simd128;
    #[cfg(not(simd128))]
    const BASE: Self = Self::Portable;

    /// The fastest kernel that this machine can run.
    pub fn detect() -> Self {
        Self::available().last().unwrap_or(Self::BASE)
    }

    /// The kernels that this machine can run, the fastest last.
    pub fn available() -> impl Iterator<Item = Self> {
        #[cfg(target_arch = "x86_64")]
        let faster = avx2::Avx2::detect().map(Self::Avx2);
        #[cfg(not(target_arch = "x86_64"))]
        let faster = None;
        std::iter::once(Self::BASE).chain(faster)
    }

    /// Writes `left` `[rows, k]` times a panel `[k, 16]` to `out`, whose rows start `row_stride` values apart.
    pub(super) fn column(
        self,
        left: Strip,
        panel: &[PanelRow],
        out: &mut [f32],
        row_stride: usize,
        write: Write,
    ) {
        match self {
            #[cfg(not(simd128))]
            Self::Portable => portable::column(left, panel, out, row_stride, write),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.column(left, panel, out, row_stride, write),
            #[cfg(simd128)]
            Self::Simd128 => simd128::column(left, panel, out, row_stride, write),
        }
    }
}

//! Four numbers, or two, in one register: WebAssembly's 128-bit vectors where the module may use them, arrays
//! elsewhere. Both round alike, so both give the same numbers to the last bit.

/// What four pairs of numbers, x and y, are gathered into, and computed with.
pub(crate) use imp::{F32x2, F32x4, F64x2, I32x4};

#[cfg(target_feature = "simd128")]
mod imp {
    use core::arch::wasm32 as wasm;
    use core::ops::{Add, Mul, Sub};

    /// Four `f32`.
    #[derive(Clone, Copy)]
    pub(crate) struct F32x4(wasm::v128);

    /// Four `i32`; as a mask, all bits of a lane are set or none.
    #[derive(Clone, Copy)]
    pub(crate) struct I32x4(wasm::v128);

    /// Two `f32`.
    #[derive(Clone, Copy)]
    pub(crate) struct F32x2(wasm::v128);

    /// Two `f64`.
    #[derive(Clone, Copy)]
    pub(crate) struct F64x2(wasm::v128);

    macro_rules! operator {
        ($lanes:ident, $trait:ident, $method:ident, $instruction:ident) => {
            impl $trait for $lanes {
                type Output = Self;
                #[inline]
                fn $method(self, other: Self) -> Self {
                    Self(wasm::$instruction(self.0, other.0))
                }
            }
        };
    }
    operator!(F32x4, Add, add, f32x4_add);
    operator!(F32x4, Sub, sub, f32x4_sub);
    operator!(F32x4, Mul, mul, f32x4_mul);
    operator!(F32x2, Add, add, f32x4_add);
    operator!(I32x4, Sub, sub, i32x4_sub);
    operator!(F64x2, Add, add, f64x2_add);
    operator!(F64x2, Mul, mul, f64x2_mul);

    impl F32x4 {
        #[inline]
        pub(crate) fn splat(value: f32) -> Self {
            Self(wasm::f32x4_splat(value))
        }

        #[inline]
        pub(crate) fn reciprocal(self) -> Self {
            Self(wasm::f32x4_div(wasm::f32x4_splat(1.0), self.0))
        }

        /// Where `self` is below `other`.
        #[inline]
        pub(crate) fn below(self, other: Self) -> I32x4 {
            I32x4(wasm::f32x4_lt(self.0, other.0))
        }

        /// The lanes that `mask` has, zero in the others.
        #[inline]
        pub(crate) fn masked(self, mask: I32x4) -> Self {
            Self(wasm::v128_and(self.0, mask.0))
        }

        /// Takes the pairs (x, y) from those at four places.
        ///
        /// # Safety
        /// Pairs may be read and written at all places, which differ, or coincide only where the pairs are zero.
        #[inline]
        pub(crate) unsafe fn take_from(x: Self, y: Self, places: [*mut [f32; 2]; 4]) {
            let pairs =
                [wasm::i32x4_shuffle::<0, 4, 1, 5>(x.0, y.0), wasm::i32x4_shuffle::<2, 6, 3, 7>(x.0, y.0)];
            for (half, pair) in pairs.into_iter().enumerate() {
                let [a, b] = [places[2 * half], places[2 * half + 1]];
                // SAFETY: the caller's.
                unsafe {
                    let before = wasm::v128_load64_lane::<1>(wasm::v128_load64_zero(a.cast()), b.cast());
                    let after = wasm::f32x4_sub(before, pair);
                    wasm::v128_store64_lane::<0>(after, a.cast());
                    wasm::v128_store64_lane::<1>(after, b.cast());
                }
            }
        }

        /// The sum of all lanes of `a`, and that of `b`.
        #[inline]
        pub(crate) fn sums(a: Self, b: Self) -> F32x2 {
            let halves = wasm::f32x4_add(
                wasm::i32x4_shuffle::<0, 2, 4, 6>(a.0, b.0),
                wasm::i32x4_shuffle::<1, 3, 5, 7>(a.0, b.0),
            );
            F32x2(wasm::f32x4_add(
                wasm::i32x4_shuffle::<0, 2, 0, 2>(halves, halves),
                wasm::i32x4_shuffle::<1, 3, 1, 3>(halves, halves),
            ))
        }
    }

    impl I32x4 {
        #[inline]
        pub(crate) fn splat(value: i32) -> Self {
            Self(wasm::i32x4_splat(value))
        }

        /// # Safety
        /// Four numbers may be read at `from`.
        #[inline]
        pub(crate) unsafe fn load(from: *const i32) -> Self {
            // SAFETY: the caller's; vectors may be unaligned.
            Self(unsafe { wasm::v128_load(from.cast()) })
        }

        /// The pairs at four places: all first numbers, then all second ones.
        ///
        /// # Safety
        /// A pair may be read at each place.
        #[inline]
        pub(crate) unsafe fn gather(from: [*const [i32; 2]; 4]) -> [Self; 2] {
            // SAFETY: the caller's.
            let (low, high) = unsafe {
                (
                    wasm::v128_load64_lane::<1>(wasm::v128_load64_zero(from[0].cast()), from[1].cast()),
                    wasm::v128_load64_lane::<1>(wasm::v128_load64_zero(from[2].cast()), from[3].cast()),
                )
            };
            [
                Self(wasm::i32x4_shuffle::<0, 2, 4, 6>(low, high)),
                Self(wasm::i32x4_shuffle::<1, 3, 5, 7>(low, high)),
            ]
        }

        #[inline]
        pub(crate) fn or(self, other: Self) -> Self {
            Self(wasm::v128_or(self.0, other.0))
        }

        #[inline]
        pub(crate) fn to_f32(self) -> F32x4 {
            F32x4(wasm::f32x4_convert_i32x4(self.0))
        }

        /// Bit k is set where lane k is negative, as a mask is.
        #[inline]
        pub(crate) fn bits(self) -> u32 {
            u32::from(wasm::i32x4_bitmask(self.0))
        }
    }

    impl F32x2 {
        /// # Safety
        /// A pair may be read at `from`.
        #[inline]
        pub(crate) unsafe fn load(from: *const [f32; 2]) -> Self {
            // SAFETY: the caller's.
            Self(unsafe { wasm::v128_load64_zero(from.cast()) })
        }

        /// # Safety
        /// A pair may be written at `to`.
        #[inline]
        pub(crate) unsafe fn store(self, to: *mut [f32; 2]) {
            // SAFETY: the caller's.
            unsafe { wasm::v128_store64_lane::<0>(self.0, to.cast()) }
        }

        #[inline]
        pub(crate) fn to_f64(self) -> F64x2 {
            F64x2(wasm::f64x2_promote_low_f32x4(self.0))
        }
    }

    impl F64x2 {
        #[inline]
        pub(crate) fn new([a, b]: [f64; 2]) -> Self {
            Self(wasm::f64x2(a, b))
        }

        /// # Safety
        /// A pair may be read at `from`.
        #[inline]
        pub(crate) unsafe fn load(from: *const [f64; 2]) -> Self {
            // SAFETY: the caller's.
            Self(unsafe { wasm::v128_load(from.cast()) })
        }

        /// # Safety
        /// A pair may be written at `to`.
        #[inline]
        pub(crate) unsafe fn store(self, to: *mut [f64; 2]) {
            // SAFETY: the caller's.
            unsafe { wasm::v128_store(to.cast(), self.0) }
        }

        /// Stores the lower half of the bits of either number, and then as many zeros.
        ///
        /// # Safety
        /// Four numbers may be written at `to`.
        #[inline]
        pub(crate) unsafe fn store_low_bits(self, to: *mut i32) {
            let low = wasm::i32x4_shuffle::<0, 2, 4, 4>(self.0, wasm::i32x4_splat(0));
            // SAFETY: the caller's.
            unsafe { wasm::v128_store(to.cast(), low) }
        }
    }
}

#[cfg(not(target_feature = "simd128"))]
mod imp {
    use core::ops::{Add, Mul, Sub};

    /// Four `f32`.
    #[derive(Clone, Copy)]
    pub(crate) struct F32x4([f32; 4]);

    /// Four `i32`; as a mask, all bits of a lane are set or none.
    #[derive(Clone, Copy)]
    pub(crate) struct I32x4([i32; 4]);

    /// Two `f32`.
    #[derive(Clone, Copy)]
    pub(crate) struct F32x2([f32; 2]);

    /// Two `f64`.
    #[derive(Clone, Copy)]
    pub(crate) struct F64x2([f64; 2]);

    macro_rules! operator {
        ($lanes:ident, $trait:ident, $method:ident, $n:literal, $of:expr) => {
            impl $trait for $lanes {
                type Output = Self;
                #[inline]
                fn $method(self, other: Self) -> Self {
                    let mut lanes = self.0;
                    for k in 0..$n {
                        lanes[k] = $of(lanes[k], other.0[k]);
                    }
                    Self(lanes)
                }
            }
        };
    }
    operator!(F32x4, Add, add, 4, |a: f32, b: f32| a + b);
    operator!(F32x4, Sub, sub, 4, |a: f32, b: f32| a - b);
    operator!(F32x4, Mul, mul, 4, |a: f32, b: f32| a * b);
    operator!(F32x2, Add, add, 2, |a: f32, b: f32| a + b);
    operator!(I32x4, Sub, sub, 4, i32::wrapping_sub);
    operator!(F64x2, Add, add, 2, |a: f64, b: f64| a + b);
    operator!(F64x2, Mul, mul, 2, |a: f64, b: f64| a * b);

    impl F32x4 {
        #[inline]
        pub(crate) fn splat(value: f32) -> Self {
            Self([value; 4])
        }

        #[inline]
        pub(crate) fn reciprocal(self) -> Self {
            Self(self.0.map(|value| 1.0 / value))
        }

        /// Where `self` is below `other`.
        #[inline]
        pub(crate) fn below(self, other: Self) -> I32x4 {
            let [a, b] = [self.0, other.0];
            I32x4([0, 1, 2, 3].map(|k: usize| -i32::from(a[k] < b[k])))
        }

        /// The lanes that `mask` has, zero in the others.
        #[inline]
        pub(crate) fn masked(self, mask: I32x4) -> Self {
            let [a, b] = [self.0.map(f32::to_bits), mask.0.map(i32::cast_unsigned)];
            Self([0, 1, 2, 3].map(|k: usize| f32::from_bits(a[k] & b[k])))
        }

        /// Takes the pairs (x, y) from those at four places.
        ///
        /// # Safety
        /// Pairs may be read and written at all places, which differ, or coincide only where the pairs are zero.
        #[inline]
        pub(crate) unsafe fn take_from(x: Self, y: Self, places: [*mut [f32; 2]; 4]) {
            for (k, place) in places.into_iter().enumerate() {
                // SAFETY: the caller's.
                unsafe {
                    (*place)[0] -= x.0[k];
                    (*place)[1] -= y.0[k];
                }
            }
        }

        /// The sum of all lanes of `a`, and that of `b`.
        #[inline]
        pub(crate) fn sums(a: Self, b: Self) -> F32x2 {
            F32x2([a.0, b.0].map(|[a, b, c, d]| (a + b) + (c + d)))
        }
    }

    impl I32x4 {
        #[inline]
        pub(crate) fn splat(value: i32) -> Self {
            Self([value; 4])
        }

        /// # Safety
        /// Four numbers may be read at `from`.
        #[inline]
        pub(crate) unsafe fn load(from: *const i32) -> Self {
            // SAFETY: the caller's.
            Self(unsafe { from.cast::<[i32; 4]>().read() })
        }

        /// The pairs at four places: all first numbers, then all second ones.
        ///
        /// # Safety
        /// A pair may be read at each place.
        #[inline]
        pub(crate) unsafe fn gather(from: [*const [i32; 2]; 4]) -> [Self; 2] {
            // SAFETY: the caller's.
            let [a, b, c, d] = from.map(|pair| unsafe { pair.read() });
            [Self([a[0], b[0], c[0], d[0]]), Self([a[1], b[1], c[1], d[1]])]
        }

        #[inline]
        pub(crate) fn or(self, other: Self) -> Self {
            let [a, b] = [self.0, other.0];
            Self([0, 1, 2, 3].map(|k: usize| a[k] | b[k]))
        }

        #[inline]
        pub(crate) fn to_f32(self) -> F32x4 {
            F32x4(self.0.map(|value| value as f32))
        }

        /// Bit k is set where lane k is negative, as a mask is.
        #[inline]
        pub(crate) fn bits(self) -> u32 {
            (0..4).fold(0, |bits, k| bits | u32::from(self.0[k] < 0) << k)
        }
    }

    impl F32x2 {
        /// # Safety
        /// A pair may be read at `from`.
        #[inline]
        pub(crate) unsafe fn load(from: *const [f32; 2]) -> Self {
            // SAFETY: the caller's.
            Self(unsafe { from.read() })
        }

        /// # Safety
        /// A pair may be written at `to`.
        #[inline]
        pub(crate) unsafe fn store(self, to: *mut [f32; 2]) {
            // SAFETY: the caller's.
            unsafe { to.write(self.0) }
        }

        #[inline]
        pub(crate) fn to_f64(self) -> F64x2 {
            F64x2(self.0.map(f64::from))
        }
    }

    impl F64x2 {
        #[inline]
        pub(crate) fn new(pair: [f64; 2]) -> Self {
            Self(pair)
        }

        /// # Safety
        /// A pair may be read at `from`.
        #[inline]
        pub(crate) unsafe fn load(from: *const [f64; 2]) -> Self {
            // SAFETY: the caller's.
            Self(unsafe { from.read() })
        }

        /// # Safety
        /// A pair may be written at `to`.
        #[inline]
        pub(crate) unsafe fn store(self, to: *mut [f64; 2]) {
            // SAFETY: the caller's.
            unsafe { to.write(self.0) }
        }

        /// Stores the lower half of the bits of either number, and then as many zeros.
        ///
        /// # Safety
        /// Four numbers may be written at `to`.
        #[inline]
        pub(crate) unsafe fn store_low_bits(self, to: *mut i32) {
            let [a, b] = self.0.map(|value| value.to_bits() as i32);
            // SAFETY: the caller's.
            unsafe { to.cast::<[i32; 4]>().write([a, b, 0, 0]) }
        }
    }
}

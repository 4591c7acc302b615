//! What a training run costs in device time, money, electricity and carbon.
//!
//! ```text
//! device-hours = operations / (peak operations per second × utilization) / 3600
//! money        = device-hours × price
//! electricity  = device-hours × data-sheet power × overhead
//! carbon       = electricity × carbon intensity of the grid
//! ```
//!
//! It counts the final run only: research, failed runs, staff, and the making of the devices are left out. Source of
//! the method: Patterson et al. 2021, section 2; Touvron et al. 2023, section 6.

use crate::error::positive;
use crate::{Error, Flops};

/// An accelerator as its data sheet describes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accelerator {
    /// Dense 16-bit operations per second.
    pub peak_flops: f64,
    /// Thermal design power, watts.
    pub power: f64,
}

/// What a run's cost depends on besides its operations and its accelerator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Share of the peak that goes into training the model (model FLOP utilization), above 0.
    pub utilization: f64,
    /// Rent of one accelerator, US dollars per hour.
    pub price: f64,
    /// Electricity drawn from the grid over what the accelerators' data-sheet power would draw: hosts, network, cooling.
    pub overhead: f64,
    /// Carbon intensity of the grid, grams of CO2 equivalent per kilowatt-hour.
    pub carbon_intensity: f64,
}

/// What a training run costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingCost {
    /// Hours of one accelerator.
    pub device_hours: f64,
    /// Rent, US dollars.
    pub dollars: f64,
    /// Electricity, megawatt-hours.
    pub megawatt_hours: f64,
    /// Carbon dioxide equivalent, tonnes.
    pub tonnes_co2: f64,
}

impl TrainingCost {
    /// The cost of so many operations.
    ///
    /// ```
    /// use scaling::{Accelerator, Flops, Terms, TrainingCost};
    ///
    /// # fn main() -> Result<(), scaling::Error> {
    /// let h100 = Accelerator { peak_flops: 9.894e14, power: 700.0 };
    /// let terms = Terms { utilization: 0.4, price: 2.95, overhead: 1.1, carbon_intensity: 472.9 };
    /// // GPT-3's operations on today's devices: about 220,000 device-hours.
    /// let cost = TrainingCost::of(Flops(3.14e23), h100, terms)?;
    /// assert!((cost.device_hours / 220_000.0 - 1.0).abs() < 0.01);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotPositive`] when anything given is not positive and finite.
    pub fn of(flops: Flops, accelerator: Accelerator, terms: Terms) -> Result<Self, Error> {
        let flops = positive("the operations", flops.0)?;
        let peak = positive("the peak speed", accelerator.peak_flops)?;
        let power = positive("the power", accelerator.power)?;
        let utilization = positive("the utilization", terms.utilization)?;
        let device_hours = flops / (peak * utilization) / 3600.0;
        let megawatt_hours = device_hours * power * positive("the overhead", terms.overhead)? / 1e6;
        Ok(Self {
            device_hours,
            dollars: device_hours * positive("the price", terms.price)?,
            megawatt_hours,
            // A gram per kilowatt-hour is a kilogram per megawatt-hour.
            tonnes_co2: megawatt_hours * positive("the carbon intensity", terms.carbon_intensity)? / 1e3,
        })
    }

    /// Days that the run takes on so many accelerators at once.
    pub fn days_on(self, devices: f64) -> f64 {
        self.device_hours / devices / 24.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Params, Tokens, training_flops};

    const V100: Accelerator = Accelerator { peak_flops: 1.25e14, power: 300.0 };
    const A100: Accelerator = Accelerator { peak_flops: 3.12e14, power: 400.0 };
    const H100: Accelerator = Accelerator { peak_flops: 9.894e14, power: 700.0 };
    const H800: Accelerator = Accelerator { peak_flops: 9.89e14, power: 700.0 };

    fn cost(flops: f64, accelerator: Accelerator, terms: Terms) -> TrainingCost {
        TrainingCost::of(Flops(flops), accelerator, terms).unwrap()
    }

    fn near(value: f64, published: f64, relative: f64) -> bool {
        (value / published - 1.0).abs() < relative
    }

    #[test]
    fn gpt3_comes_to_the_published_time_energy_and_carbon() {
        // Patterson et al. 2021, Table 4: 24.6 TFLOP/s on each of 10,000 V100 for 14.8 days, 1287 MWh, 552.1 t at
        // 0.429 kg/kWh. The overhead is what these numbers imply: 1287 MWh / (10,000 × 14.8 × 24 h × 300 W) = 1.208.
        let terms = Terms { utilization: 24.6 / 125.0, price: 1.5, overhead: 1.208, carbon_intensity: 429.0 };
        let gpt3 = cost(3.14e23, V100, terms);
        // Inputs of three digits.
        assert!(near(gpt3.days_on(10_000.0), 14.8, 5e-3), "{}", gpt3.days_on(10_000.0));
        assert!(near(gpt3.megawatt_hours, 1287.0, 5e-3), "{}", gpt3.megawatt_hours);
        assert!(near(gpt3.tonnes_co2, 552.1, 5e-3), "{}", gpt3.tonnes_co2);
    }

    #[test]
    fn gpt3_comes_to_lambdas_price() {
        // Lambda 2020: V100 at 28 TFLOP/s and 1.50 USD/h, 355 device-years and 4.6 million USD (printed rounded down
        // from 4.67).
        let terms = Terms { utilization: 28.0 / 125.0, price: 1.5, overhead: 1.1, carbon_intensity: 429.0 };
        let gpt3 = cost(3.14e23, V100, terms);
        assert!(near(gpt3.device_hours / 24.0 / 365.0, 355.0, 5e-3));
        assert!(near(gpt3.dollars, 4.6e6, 0.02), "{}", gpt3.dollars);
    }

    #[test]
    fn llama_65b_comes_to_its_authors_hours_and_energy() {
        // Touvron et al. 2023, Table 15: 1,022,362 A100-hours, 449 MWh and 173 t at PUE 1.1 and 0.385 kg/kWh; Epoch AI
        // derives a utilization of 47.5 % from time and chips.
        let flops = training_flops(Params(6.52e10), Tokens(1.4e12));
        let terms = Terms { utilization: 0.475, price: 1.0, overhead: 1.1, carbon_intensity: 385.0 };
        let llama = TrainingCost::of(flops, A100, terms).unwrap();
        // The utilization is derived from a rounded count of days.
        assert!(near(llama.device_hours, 1_022_362.0, 0.02), "{}", llama.device_hours);
        assert!(near(llama.megawatt_hours, 449.0, 0.02), "{}", llama.megawatt_hours);
        assert!(near(llama.tonnes_co2, 173.0, 0.02), "{}", llama.tonnes_co2);
    }

    #[test]
    fn todays_devices_would_train_gpt3_for_far_less() {
        // 3.14e23 operations on H100 at 40 %: about 220,000 hours, 0.65 million USD at 2.95, 170 MWh at 700 W and 1.1.
        let terms = Terms { utilization: 0.4, price: 2.95, overhead: 1.1, carbon_intensity: 472.9 };
        let gpt3 = cost(3.14e23, H100, terms);
        // The worked values have two digits.
        assert!(near(gpt3.device_hours, 220_000.0, 0.01));
        assert!(near(gpt3.dollars, 0.65e6, 0.01));
        assert!(near(gpt3.megawatt_hours, 170.0, 0.01));
    }

    #[test]
    fn deepseek_v3_comes_to_its_authors_price() {
        // DeepSeek-AI 2024, Table 1: 2.788 million H800-hours, 5.576 million USD at 2 USD/h. The utilization is the one
        // that gives these hours for 6 × 37e9 × 14.8e12 operations.
        let flops = training_flops(Params(3.7e10), Tokens(1.48e13)).0;
        let utilization = flops / (2.788e6 * 3600.0 * H800.peak_flops);
        let terms = Terms { utilization, price: 2.0, overhead: 1.1, carbon_intensity: 557.5 };
        // A few roundings.
        assert!(near(cost(flops, H800, terms).dollars, 5.576e6, 1e-12));
    }

    #[test]
    fn all_costs_grow_in_step_with_the_operations() {
        let terms = Terms { utilization: 0.4, price: 2.0, overhead: 1.1, carbon_intensity: 400.0 };
        let (one, ten) = (cost(1e21, H100, terms), cost(1e22, H100, terms));
        for (ten, one) in [
            (ten.device_hours, one.device_hours),
            (ten.dollars, one.dollars),
            (ten.megawatt_hours, one.megawatt_hours),
            (ten.tonnes_co2, one.tonnes_co2),
        ] {
            // Two roundings each.
            assert!(near(ten, 10.0 * one, 1e-14));
        }
    }

    #[test]
    fn nothing_is_free() {
        let terms = Terms { utilization: 0.0, price: 2.0, overhead: 1.1, carbon_intensity: 400.0 };
        let refused = TrainingCost::of(Flops(1e21), H100, terms);
        assert_eq!(refused, Err(Error::NotPositive { name: "the utilization", value: 0.0 }));
    }
}

//! What the measured freezing curve shows (`data/freezing_curve.csv`, remade by `examples/freezing_curve.rs`).

use particles::lennard_jones;

const TABLE: &str = include_str!("../data/freezing_curve.csv");

const ORDER: usize = 5;
const ENERGY: usize = 6;
const DENSITY: usize = 7;

/// A column against temperature in each of the three runs, cold to hot.
fn runs(column: usize, pressure: &str, n_particles: &str, direction: &str) -> [Vec<(f64, f64)>; 3] {
    ["1", "2", "3"].map(|seed| {
        let rows = TABLE.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
        let number = |cell: &str| cell.parse::<f64>().expect("a number");
        let mut points: Vec<(f64, f64)> = rows
            .filter(|row| row[..4] == [pressure, n_particles, seed, direction])
            .map(|row| (number(row[4]), number(row[column])))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(points.len() >= 21, "from 0.3 to 0.5 at least");
        points
    })
}

/// A column against temperature, cold to hot, averaged over the runs.
fn curve(column: usize, pressure: &str, n_particles: &str, direction: &str) -> Vec<(f64, f64)> {
    let runs = runs(column, pressure, n_particles, direction);
    let mean = |k: usize| runs.iter().map(|run| run[k].1).sum::<f64>() / 3.0;
    runs[0].iter().enumerate().map(|(k, (temperature, _))| (*temperature, mean(k))).collect()
}

/// The temperature at which the order falls through `level`, between two rungs of the ladder.
fn crossing(curve: &[(f64, f64)], level: f64) -> f64 {
    let pair = curve.windows(2).find(|pair| pair[0].1 >= level && pair[1].1 < level).expect("order is lost");
    let [(cold, more), (hot, less)] = [pair[0], pair[1]];
    cold + (more - level) / (more - less) * (hot - cold)
}

/// Where a cooled liquid freezes and a heated crystal melts: half way in order.
fn freezing_and_melting(pressure: &str, n_particles: &str) -> [f64; 2] {
    ["cooling", "heating"].map(|direction| crossing(&curve(ORDER, pressure, n_particles, direction), 0.5))
}

/// Over how much temperature the order falls from 0.7 to 0.3 in one run: the mean over seeds and directions. (An average
/// over runs would be smeared by their freezing at different temperatures.)
fn width(n_particles: &str) -> f64 {
    let runs = ["cooling", "heating"].map(|direction| runs(ORDER, "0.5", n_particles, direction)).concat();
    runs.iter().map(|run| crossing(run, 0.3) - crossing(run, 0.7)).sum::<f64>() / 6.0
}

/// A column of the liquid being cooled, or of the crystal being heated, at a temperature where neither is pure any
/// more: along the straight line through temperatures 0.03 to 0.08 further on.
fn extrapolated(column: usize, pressure: &str, direction: &str, temperature: f64) -> f64 {
    let away = if direction == "cooling" { 1.0 } else { -1.0 };
    let points: Vec<(f64, f64)> = curve(column, pressure, "256", direction)
        .into_iter()
        .filter(|(t, _)| (0.03..0.08).contains(&(away * (t - temperature))))
        .collect();
    assert!(points.len() >= 5, "the ladder has steps of 0.01");
    let n = points.len() as f64;
    let [mean_t, mean] =
        [points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n];
    let slope = points.iter().map(|(t, y)| (t - mean_t) * (y - mean)).sum::<f64>()
        / points.iter().map(|(t, _)| (t - mean_t).powi(2)).sum::<f64>();
    mean + slope * (temperature - mean_t)
}

/// Half way between freezing and melting, with what the crystal gains in area and enthalpy a particle when it melts.
fn melting(pressure: &str) -> [f64; 3] {
    let temperature = freezing_and_melting(pressure, "256").iter().sum::<f64>() / 2.0;
    let jump = |column| {
        [
            extrapolated(column, pressure, "cooling", temperature),
            extrapolated(column, pressure, "heating", temperature),
        ]
    };
    let [[liquid, crystal], [liquid_energy, crystal_energy]] = [jump(DENSITY), jump(ENERGY)];
    let area = 1.0 / liquid - 1.0 / crystal;
    [temperature, area, liquid_energy - crystal_energy + pressure.parse::<f64>().expect("a number") * area]
}

#[test]
fn melting_takes_latent_heat_as_published_simulations_have_it() {
    // Asenjo et al. 2011 (arXiv:1101.4337, abstract) find a significant jump in enthalpy at vanishing pressure; Li and
    // Pica Ciamarra 2020 (Phys. Rev. E 102, 062101, abstract) a first-order transition from liquid to solid at all
    // temperatures up to well above the liquid-gas critical one, which lies above the freezing here. Their numbers are
    // for other cutoffs, so only the kind of transition is compared: latent heat of the order of T (an entropy of
    // melting of the order of 1), and an area that grows by several percent.
    for pressure in ["0.3", "0.5"] {
        let [temperature, area, enthalpy] = melting(pressure);
        assert!((0.3..1.5).contains(&(enthalpy / temperature)), "P = {pressure}: {enthalpy}");
        assert!((0.03..0.2).contains(&area), "P = {pressure}: {area}");
    }
}

#[test]
fn the_melting_line_rises_as_clapeyron_says() {
    // dT/dP = T dv / dh, a test of pressure, area and energy against the temperatures at which the transition is seen.
    let [[low, area_low, enthalpy_low], [high, area_high, enthalpy_high]] = ["0.3", "0.5"].map(melting);
    let slope = 0.5 * (low * area_low / enthalpy_low + high * area_high / enthalpy_high);
    let expected = (0.5 - 0.3) * slope;
    // About 0.025. Each temperature is uncertain by half a step of the ladder.
    assert!((high - low - expected).abs() < 0.007, "{} {expected}", high - low);
}

#[test]
fn the_transition_sharpens_with_size() {
    let widths = ["16", "64", "256", "1024"].map(width);
    assert!(widths[1] < 0.5 * widths[0] && widths[2] < 0.6 * widths[1], "{widths:?}");
    // The largest is nearly as sharp as the ladder of 0.01 can tell.
    assert!(widths[3] < widths[2] && widths[3] < 0.015, "{widths:?}");
}

#[test]
fn cooling_and_heating_disagree() {
    // Hysteresis: a supercooled liquid, an overheated crystal. 16 and 64 particles are too few to be late.
    for n_particles in ["256", "1024"] {
        let [freezing, melting] = freezing_and_melting("0.5", n_particles);
        assert!(melting > freezing + 0.005, "N = {n_particles}: {freezing} {melting}");
    }
}

#[test]
fn the_liquid_freezes_where_a_public_simulation_has_it() {
    // The public repository EstebanCardenas2001/Phase-Transition-Nucleation-Dynamics-in-a-2D-Lennard-Jones-Fluid cools
    // 65,536 particles beside their own gas. Its README has them freeze between 0.40 and 0.34, and their energy fall
    // fastest at 0.365. The gas is so thin that it has hardly any pressure: our line of freezing is prolonged to none.
    // Their potential is shifted in energy only, and so 4 % deeper. Temperatures are compared in depths of the well.
    let [low, high] = ["0.3", "0.5"].map(|pressure| freezing_and_melting(pressure, "256")[0]);
    let without_pressure = low - 0.3 * (high - low) / (0.5 - 0.3);
    let bottom = 2f64.powf(1.0 / 6.0);
    let at_cutoff = 4.0 * (lennard_jones::R_CUT.powi(-12) - lennard_jones::R_CUT.powi(-6));
    let [ours, theirs] = [-lennard_jones::energy(bottom), 1.0 + at_cutoff];
    let found = without_pressure / ours * theirs;
    // Half of the range in which theirs freeze.
    assert!((found - 0.365).abs() < 0.03, "{found}");
}

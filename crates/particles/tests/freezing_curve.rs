//! What the measured freezing curve shows (`data/freezing_curve.csv`, remade by `examples/freezing_curve.rs`).

const TABLE: &str = include_str!("../data/freezing_curve.csv");

const ORDER: usize = 5;
const ENERGY: usize = 6;
const DENSITY: usize = 7;

/// A column against temperature, cold to hot, averaged over the seeds.
fn curve(column: usize, pressure: &str, n_particles: &str, direction: &str) -> Vec<(f64, f64)> {
    let rows = TABLE.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    let number = |cell: &str| cell.parse::<f64>().expect("a number");
    let mut points: Vec<(f64, f64)> = rows
        .filter(|row| row[..2] == [pressure, n_particles] && row[3] == direction)
        .map(|row| (number(row[4]), number(row[column])))
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(points.len() >= 3 * 21, "three seeds at 21 temperatures or more");
    points.chunks(3).map(|seeds| (seeds[0].0, seeds.iter().map(|seed| seed.1).sum::<f64>() / 3.0)).collect()
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

/// Temperatures over which the order falls from 0.7 to 0.3, averaged over both directions.
fn width(n_particles: &str) -> f64 {
    let of = |direction| {
        let curve = curve(ORDER, "0.5", n_particles, direction);
        crossing(&curve, 0.3) - crossing(&curve, 0.7)
    };
    0.5 * (of("cooling") + of("heating"))
}

#[test]
fn freezing_sets_in_where_published_simulations_have_it() {
    // The triple point of the full potential is at T = 0.415, at a pressure near zero (Barker, Henderson and Abraham
    // 1981, Physica A 106, 226; the value as it is commonly quoted from there, not read in the paper itself). The tail
    // of the full potential pulls like a pressure: with TAIL_PRESSURE = -0.241 and densities from 0.76 (liquid) to 0.83
    // (crystal) by 0.14 to 0.17, so the cut potential at 0.16 stands for it. Cooling must freeze below and heating melt
    // above, each within 0.025: the ladder's steps are 0.01, 256 particles shift the transition by about 0.01 (see
    // the sizes), and the uniform tail is an approximation.
    let [freezing, melting] = freezing_and_melting("0.16", "256");
    assert!(freezing < 0.415 && freezing > 0.415 - 0.025, "{freezing}");
    assert!(melting > 0.415 && melting < 0.415 + 0.025, "{melting}");
}

#[test]
fn the_melting_line_rises_as_clapeyron_says() {
    // dT/dP = T dv / dh, with the jumps of area and enthalpy per particle between the liquid (not yet frozen) and the
    // crystal (not yet molten) at the same temperature inside the hysteresis.
    let temperature = 0.42;
    let at = |column, direction| {
        let curve = curve(column, "0.16", "256", direction);
        curve.iter().find(|point| point.0 == temperature).expect("a rung of the ladder").1
    };
    let area_jump = 1.0 / at(DENSITY, "cooling") - 1.0 / at(DENSITY, "heating");
    let enthalpy_jump = at(ENERGY, "cooling") - at(ENERGY, "heating") + 0.16 * area_jump;
    let expected = (0.5 - 0.16) * temperature * area_jump / enthalpy_jump;
    let middle = |pressure| freezing_and_melting(pressure, "256").iter().sum::<f64>() / 2.0;
    let rise = middle("0.5") - middle("0.16");
    // About 0.047. Each middle is uncertain by half a step of the ladder, and the slope varies along the line.
    assert!((rise - expected).abs() < 0.012, "{rise} {expected}");
}

#[test]
fn the_transition_sharpens_with_size() {
    let widths = ["16", "64", "256"].map(width);
    assert!(widths[1] < 0.5 * widths[0] && widths[2] < 0.5 * widths[1], "{widths:?}");
    // The largest is as sharp as the ladder can tell.
    assert!(width("1024") < 0.02);
}

#[test]
fn cooling_and_heating_disagree() {
    // Hysteresis: a supercooled liquid, an overheated crystal. 16 particles are too few to be late.
    for n_particles in ["64", "256", "1024"] {
        let [freezing, melting] = freezing_and_melting("0.5", n_particles);
        assert!(melting > freezing + 0.005, "N = {n_particles}: {freezing} {melting}");
    }
}

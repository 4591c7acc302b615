//! The plotted numbers as a table and as a file.

use chapter::{Language, Unit};
use yew::prelude::*;

use crate::figure::{FigureData, Series};
use crate::locale::number::quantity;
use crate::locale::words;

/// Every plotted number as HTML, one table a series; `data` names the sources. Series that differ in their source only
/// share a table, in which each row names its own.
pub fn data_tables(series: &[Series], data: &FigureData, language: Language) -> Html {
    let alike = |one: &Series, other: &Series| {
        (&one.name, one.provenance, &one.columns) == (&other.name, other.provenance, &other.columns)
    };
    html! {
        <div class="data" tabindex="0" role="region" aria-label={words::data(language)}>
            { for series.chunk_by(alike).map(|parts| table(parts, data, language)) }
        </div>
    }
}

/// One table of series that are alike but for their source.
fn table(parts: &[Series], data: &FigureData, language: Language) -> Html {
    let Some(first) = parts.first() else { return Html::default() };
    let source = |part: &Series| part.source.as_deref().map(|key| data.cite(key)).unwrap_or_default();
    let labelled = parts.iter().flat_map(|part| &part.rows).any(|(label, _)| !label.is_empty());
    let many = parts.len() > 1;
    html! {
        <table class="data__table">
            <caption>
                { &first.name }{ " " }
                <span class="badge" data-provenance={first.provenance.word()}>
                    { words::provenance(first.provenance, language) }
                </span>
                if !many { { format!(" {}", source(first)) } }
            </caption>
            <thead>
                <tr>
                    if labelled { <th scope="col">{ words::item(language) }</th> }
                    { for first.columns.iter().map(|(name, unit)| html! { <th scope="col">{ heading(name, *unit) }</th> }) }
                    if many { <th scope="col">{ words::sources(language) }</th> }
                </tr>
            </thead>
            <tbody>
                { for parts.iter().flat_map(|part| part.rows.iter().map(move |row| (part, row))).map(|(part, (label, values))| html! {
                    <tr>
                        if labelled { <th scope="row">{ label }</th> }
                        { for values.iter().zip(&first.columns).map(|(value, (_, unit))| html! {
                            <td>{ written(*value, *unit, language) }</td>
                        }) }
                        if many { <td>{ source(part) }</td> }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// A number of the table; nothing where the source states none.
fn written(value: f64, unit: Unit, language: Language) -> String {
    if value.is_finite() { quantity(value, unit, Some(3), language) } else { String::new() }
}

/// A column's name with its unit where the numbers do not carry it.
fn heading(name: &str, unit: Unit) -> String {
    match unit {
        Unit::NatsPerToken => format!("{name} (nats)"),
        _ => name.to_owned(),
    }
}

/// The plotted numbers as comma-separated values: one line a row of a series, with provenance and source.
///
/// There is a column for each quantity that any series has; a series that lacks it leaves the field empty. Fields are
/// quoted where RFC 4180 asks for it.
pub fn csv(series: &[Series], data: &FigureData) -> String {
    let mut columns: Vec<&(String, Unit)> = Vec::new();
    for column in series.iter().flat_map(|one| &one.columns) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    let mut text = String::from("series,item");
    for (name, unit) in &columns {
        text += &format!(",{}", quoted(&format!("{name} [{}]", unit_code(*unit))));
    }
    text += ",provenance,source\r\n";
    for one in series {
        let source = one.source.as_deref().map_or_else(String::new, |key| data.cite(key));
        for (label, values) in &one.rows {
            text += &format!("{},{}", quoted(&one.name), quoted(label));
            for column in &columns {
                let index = one.columns.iter().position(|own| own == *column);
                let value = index.and_then(|index| values.get(index)).filter(|value| value.is_finite());
                text += &value.map_or_else(|| ",".to_owned(), |value| format!(",{value:?}"));
            }
            text += &format!(",{},{}\r\n", one.provenance.word(), quoted(&source));
        }
    }
    text
}

fn unit_code(unit: Unit) -> &'static str {
    match unit {
        Unit::One => "1",
        Unit::Times => "times",
        Unit::Percent => "%",
        Unit::Params => "parameters",
        Unit::Tokens => "tokens",
        Unit::Words => "words",
        Unit::Count => "count",
        Unit::Flop => "FLOP",
        Unit::PfDays => "PF-days",
        Unit::NatsPerToken => "nats/token",
        Unit::Bytes => "bytes",
        Unit::UsDollars => "USD",
        Unit::UsDollarsPerHour => "USD/h",
        Unit::DeviceHours => "device-hours",
        Unit::MegawattHours => "MWh",
        Unit::TonnesCo2 => "tCO2e",
        Unit::FlopPerSecond => "FLOP/s",
        Unit::Watts => "W",
        Unit::GramsPerKilowattHour => "gCO2e/kWh",
        Unit::Days => "days",
        Unit::Month => "year",
    }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use chapter::Provenance;

    use super::*;

    #[test]
    fn csv_carries_provenance_and_quotes_commas() {
        let series = Series {
            name: "laws, old".to_owned(),
            provenance: Provenance::Published,
            source: Some("kaplan2020".to_owned()),
            columns: vec![("N".to_owned(), Unit::Params), ("loss".to_owned(), Unit::NatsPerToken)],
            rows: vec![("GPT-3".to_owned(), vec![1.746e11, 1.6])],
        };
        let text = csv(&[series], &FigureData::default());
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("series,item,N [parameters],loss [nats/token],provenance,source"));
        assert_eq!(lines.next(), Some("\"laws, old\",GPT-3,174600000000.0,1.6,published,kaplan2020"));
    }

    #[test]
    fn csv_has_a_column_for_each_quantity_of_any_series() {
        let series = |unit: Unit, value| Series {
            name: "s".to_owned(),
            provenance: Provenance::Textbook,
            source: None,
            columns: vec![("N".to_owned(), Unit::Params), ("y".to_owned(), unit)],
            rows: vec![("GPT-1".to_owned(), vec![1.0, value])],
        };
        let text = csv(&[series(Unit::Bytes, 2.0), series(Unit::Percent, 3.0)], &FigureData::default());
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "series,item,N [parameters],y [bytes],y [%],provenance,source");
        assert_eq!(lines[1..], ["s,GPT-1,1.0,2.0,,textbook,", "s,GPT-1,1.0,,3.0,textbook,"]);
    }
}

//! Trains and evaluates the models that the page ships.

fn main() {}

//! Work on several threads.

use std::panic::resume_unwind;
use std::thread;

/// Does each part of some work on a thread of its own, the first on this one, and returns the results in order.
pub fn run<T: Send, R: Send>(parts: impl IntoIterator<Item = T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let mut parts = parts.into_iter();
    let Some(own) = parts.next() else { return Vec::new() };
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let mut results = vec![work(own)];
        results.extend(
            others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))),
        );
        results
    })
}

/// Like [`run`] over items that are shared out evenly; `tools` makes what the items of one thread use in turn.
pub fn map<T: Sync, S, R: Send>(
    items: &[T],
    threads: usize,
    tools: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let parts = items.chunks(items.len().div_ceil(threads).max(1));
    let results = run(parts, |items| {
        let mut tools = tools();
        items.iter().map(|item| work(&mut tools, item)).collect::<Vec<R>>()
    });
    results.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items_for_any_number_of_threads() {
        let items: Vec<usize> = (0..10).collect();
        for threads in [1, 3, 20] {
            let squares = map(&items, threads, || (), |(), item| item * item);
            assert!(squares.iter().enumerate().all(|(i, square)| i * i == *square));
        }
        assert!(map(&[], 2, || (), |(), item: &usize| *item).is_empty());
    }
}

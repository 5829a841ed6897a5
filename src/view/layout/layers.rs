//! Which column of the flow everything stands in, and in which order within it.
//!
//! Invariant: a wire points to the right unless it closes a circle.

use super::{Band, Graph, Item, Key};
use crate::view::small::{Map, sort_few};

/// The column of each item in the flow, or none for those outside it.
///
/// Longest path from the sources, wires that would close a circle left out (searched depth first from
/// the oldest); goroutines stand in even columns, channels in odd ones. Kin (see [`kin`]) stand in one
/// column.
pub(super) fn layers(graph: &Graph) -> Vec<Option<usize>> {
    let index: Map<Key, usize> = graph
        .items
        .iter()
        .enumerate()
        .map(|(i, item)| (item.key, i))
        .collect();
    let n = graph.items.len();
    let chief = kin(graph, &index);
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut wired: Vec<bool> = graph
        .items
        .iter()
        .map(|item| item.band == Band::Channel)
        .collect();
    for (from, to) in &graph.flows {
        if let (Some(&a), Some(&b)) = (index.get(from), index.get(to)) {
            (wired[a], wired[b]) = (true, true);
            let (a, b) = (chief[a], chief[b]);
            if !next[a].contains(&b) {
                next[a].push(b);
            }
        }
    }
    let starts = sources_first(graph, &next);
    let order = order_without_circles(&mut next, &starts);
    let mut layer = vec![0usize; n];
    let parity = |i: usize| usize::from(graph.items[i].band == Band::Channel);
    for &i in &order {
        if layer[i] % 2 != parity(i) {
            layer[i] += 1;
        }
        for &j in &next[i] {
            layer[j] = layer[j].max(layer[i] + 1);
        }
    }
    let fed: Vec<bool> = is_fed(&next);
    // What only sends stands right before its first receiver, not at the far left.
    for &i in order.iter().rev() {
        if let (false, Some(nearest)) = (fed[i], next[i].iter().map(|&j| layer[j]).min()) {
            layer[i] = nearest.saturating_sub(1);
        }
    }
    (0..n)
        .map(|i| wired[i].then_some(layer[chief[i]]))
        .collect()
}

/// For each item the first of its kin: goroutines of one `go` statement that send on the same channel,
/// or receive from the same, such as the workers of a pool.
fn kin(graph: &Graph, index: &Map<Key, usize>) -> Vec<usize> {
    let mut chief: Vec<usize> = (0..graph.items.len()).collect();
    let mut first: Map<(Key, bool, u64), usize> = Map::new();
    let flows = graph
        .flows
        .iter()
        .flat_map(|(from, to)| [(from, to, true), (to, from, false)]);
    for (goroutine, channel, sends) in flows {
        let Some(&at) = index
            .get(goroutine)
            .filter(|at| graph.items[**at].band == Band::Goroutine)
        else {
            continue;
        };
        let group = (*channel, sends, goroutine.site);
        let other = root(&chief, *first.or_insert(group, at));
        let own = root(&chief, at);
        chief[own.max(other)] = own.min(other);
    }
    (0..chief.len()).map(|at| root(&chief, at)).collect()
}

fn root(chief: &[usize], mut at: usize) -> usize {
    while chief[at] != at {
        at = chief[at];
    }
    at
}

/// Whether anything flows into each item.
fn is_fed(next: &[Vec<usize>]) -> Vec<bool> {
    let mut fed = vec![false; next.len()];
    for &target in next.iter().flatten() {
        fed[target] = true;
    }
    fed
}

/// The items in the order to search from: those that only send, then all others as they were made.
fn sources_first(graph: &Graph, next: &[Vec<usize>]) -> Vec<usize> {
    let fed = is_fed(next);
    let (mut first, rest): (Vec<usize>, Vec<usize>) =
        (0..graph.items.len()).partition(|&i| !fed[i] && !next[i].is_empty());
    first.extend(rest);
    first
}

/// Removes the wires that close a circle and returns an order in which all others point forward.
fn order_without_circles(next: &mut [Vec<usize>], starts: &[usize]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; next.len()];
    let mut order = Vec::with_capacity(next.len());
    for &start in starts {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut path = vec![(start, 0)];
        while let Some((node, at)) = path.last_mut() {
            let (node, edge) = (*node, *at);
            match next[node].get(edge).copied() {
                None => {
                    marks[node] = Mark::Done;
                    order.push(node);
                    path.pop();
                }
                Some(target) if marks[target] == Mark::Open => {
                    next[node].remove(edge);
                }
                Some(target) => {
                    *at += 1;
                    if marks[target] == Mark::New {
                        marks[target] = Mark::Open;
                        path.push((target, 0));
                    }
                }
            }
        }
    }
    order.reverse();
    order
}

/// Orders each column by the middle of its neighbours to the left, so that wires cross little.
pub(super) fn sort_columns(columns: &mut [Vec<&Item>], flows: &[(Key, Key)]) {
    for at in 1..columns.len() {
        let (before, rest) = columns.split_at_mut(at);
        let rank: Map<Key, usize> = before[at - 1]
            .iter()
            .enumerate()
            .map(|(i, item)| (item.key, i))
            .collect();
        let middle = |item: &Item| {
            let found: Vec<usize> = flows
                .iter()
                .filter(|f| f.1 == item.key)
                .filter_map(|f| rank.get(&f.0).copied())
                .collect();
            if found.is_empty() {
                f32::MAX
            } else {
                found.iter().sum::<usize>() as f32 / found.len() as f32
            }
        };
        let mut ranked: Vec<(f32, &Item)> =
            rest[0].iter().map(|item| (middle(item), *item)).collect();
        sort_few(&mut ranked, &|a, b| a.0 < b.0);
        rest[0] = ranked.into_iter().map(|(_, item)| item).collect();
    }
}

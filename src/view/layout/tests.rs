//! Layouts of given and generated graphs.

use super::*;

fn key(class: u8, site: u64) -> Key {
    Key {
        class,
        site,
        ordinal: 0,
    }
}

fn item(key: Key, band: Band) -> Item {
    Item {
        key,
        w: 150.0,
        h: 70.0,
        band,
        beside: None,
    }
}

fn pool(workers: u64) -> Graph {
    let mut graph = Graph::default();
    let (main, jobs, results) = (key(0, 0), key(1, 1), key(1, 2));
    graph.items.push(item(main, Band::Goroutine));
    graph.items.push(item(jobs, Band::Channel));
    graph.items.push(item(results, Band::Channel));
    graph.items.push(item(key(2, 9), Band::Shared));
    for w in 0..workers {
        let worker = key(0, 10 + w);
        graph.items.push(item(worker, Band::Goroutine));
        graph.flows.push((jobs, worker));
        graph.flows.push((worker, results));
        graph.shares.push((worker, key(2, 9)));
    }
    graph.flows.push((main, jobs));
    graph.flows.push((results, main));
    graph
}

fn assert_sound(layout: &Layout) {
    let all: Vec<(&Key, &Rect)> = layout.places.iter().collect();
    let (w, h) = layout.size();
    for (i, (key, a)) in all.iter().enumerate() {
        assert!(
            a.x >= 0.0 && a.y >= 0.0 && a.right() <= w && a.bottom() <= h,
            "{key:?} {a:?} in {w}×{h}"
        );
        for (other, b) in &all[i + 1..] {
            assert!(!a.overlaps(b), "{key:?} {a:?} overlaps {other:?} {b:?}");
        }
    }
}

#[test]
fn a_pool_reads_from_left_to_right() {
    let mut layout = Layout::default();
    layout.place(&pool(3));
    assert_sound(&layout);
    let x = |key| layout.rect(key).unwrap().x;
    assert!(
        x(key(0, 0)) < x(key(1, 1)),
        "main sends to the left of jobs"
    );
    assert!(x(key(1, 1)) < x(key(0, 10)) && x(key(0, 10)) < x(key(1, 2)));
    assert_eq!(x(key(0, 10)), x(key(0, 12)), "workers stand in one column");
    let lock = layout.rect(key(2, 9)).unwrap();
    assert!(
        lock.y > layout.rect(key(0, 12)).unwrap().bottom(),
        "the lock stands beneath"
    );
}

#[test]
fn what_is_placed_stays() {
    let mut layout = Layout::default();
    layout.place(&pool(2));
    let before = layout.clone();
    layout.place(&pool(9));
    assert_sound(&layout);
    for (key, place) in before.places.iter() {
        assert_eq!(layout.rect(*key), Some(*place));
    }
    assert!(layout.rect(key(0, 18)).is_some());
}

#[test]
fn generated_graphs_never_overlap_in_whatever_order_they_grow() {
    let mut seed = 7u64;
    let mut next = |n: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    for round in 0..60 {
        let mut graph = Graph::default();
        let mut layout = Layout::default();
        let count = 4 + next(if round % 10 == 0 { 200 } else { 30 });
        for i in 0..count {
            let (class, band) = match next(8) {
                0..4 => (0, Band::Goroutine),
                4 | 5 => (1, Band::Channel),
                6 => (2, Band::Shared),
                _ => {
                    let parent = graph
                        .items
                        .iter()
                        .rev()
                        .find(|p| p.key.class == 3)
                        .map(|p| p.key);
                    (3, Band::Context(parent.filter(|_| next(3) > 0)))
                }
            };
            let new = Item {
                key: key(class, i),
                w: 60.0 + next(120) as f32,
                h: 30.0 + next(60) as f32,
                band,
                beside: None,
            };
            graph.items.push(new);
            for _ in 0..next(3) {
                let other = graph.items[next(graph.items.len() as u64) as usize].key;
                let pair = if next(2) == 0 {
                    (new.key, other)
                } else {
                    (other, new.key)
                };
                match (pair.0.class, pair.1.class) {
                    (0, 1) | (1, 0) => graph.flows.push(pair),
                    (0, 2) => graph.shares.push(pair),
                    _ => {}
                }
            }
            if next(5) == 0 {
                layout.place(&graph);
                assert_sound(&layout);
            }
        }
        layout.place(&graph);
        assert_sound(&layout);
        assert!(
            graph
                .items
                .iter()
                .all(|item| layout.rect(item.key).is_some())
        );
        let mut whole = Layout::default();
        whole.place(&graph);
        assert_sound(&whole);
    }
}

//! Where things stand on the stage.
//!
//! Data flows from left to right: whoever sends stands left of the channel, whoever receives right of
//! it. Goroutines that touch no channel stand in a row beneath, locks and wait groups under those who
//! share them, contexts as a tree at the top.
//!
//! Invariants:
//! - No two boxes overlap, and every box lies within the [`Layout::size`].
//! - A box that has been placed keeps its place: [`Layout::place`] only ever adds.
//! - The result depends on the sequence of graphs alone.
//!
//! Deliberately absent: what the boxes show, and who is drawn at a moment; see `stage`.

use super::small::{Map, sort_few};

/// The name of a box that stays the same on every path through the program.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Key {
    /// What it is; tells apart a goroutine and a channel made on the same line.
    pub class: u8,
    /// Where in the source it was made.
    pub site: u64,
    /// The how manieth of that place; [`Key::FOLD`] for all of them together.
    pub ordinal: u32,
}

impl Key {
    /// The ordinal of the stack that stands for all boxes made at one place.
    pub const FOLD: u32 = u32::MAX;
}

/// A rectangle in the stage's units (pixels at 100%).
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f32 {
        self.x + self.w
    }

    /// The lower edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.h
    }

    /// The middle, from left to right.
    pub fn cx(&self) -> f32 {
        self.x + self.w / 2.0
    }

    /// The middle, from top to bottom.
    pub fn cy(&self) -> f32 {
        self.y + self.h / 2.0
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// Which part of the stage a box belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Band {
    /// A context, beneath its parent's right side.
    Context(Option<Key>),
    /// A goroutine: in the flow if it has wires, else in the row beneath.
    Goroutine,
    /// A channel, or a timer that feeds one: in the flow.
    Channel,
    /// A lock, wait group or the like: beneath those who share it.
    Shared,
}

/// A box to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub key: Key,
    pub w: f32,
    pub h: f32,
    pub band: Band,
    /// The one goroutine that waits at it: it may stand at its side.
    pub beside: Option<Key>,
}

/// What there is to place and how it hangs together.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// In the order of creation.
    pub items: Vec<Item>,
    /// Data flows from the first to the second.
    pub flows: Vec<(Key, Key)>,
    /// Who closes which channel: a wire, too, but it does not say what is left and what is right.
    pub closes: Vec<(Key, Key)>,
    /// A goroutine and something it shares with others, in the order of first use.
    pub shares: Vec<(Key, Key)>,
}

/// Room between columns: wires and the lanes of locks run there.
const COLUMN_GAP: f32 = 36.0;
/// Room between the boxes of a column.
const ROW_GAP: f32 = 14.0;
/// Room between the bands.
const BAND_GAP: f32 = 36.0;
/// Room between locks and their like.
const PLATE_GAP: f32 = 26.0;
/// Room around everything.
const MARGIN: f32 = 14.0;
/// How wide a row of unwired goroutines or shared objects may grow before it wraps.
const ROW_WIDTH: f32 = 930.0;
/// Room between the goroutines of a row.
const ROW_SPACE: f32 = 26.0;

/// Where every box stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    places: Map<Key, Rect>,
    /// Left edge and width of each column of the flow.
    columns: Vec<(f32, f32)>,
    column_of: Map<Key, usize>,
    flow_bottom: f32,
    row_top: f32,
    /// The upper edge of the first row of locks, once it is known.
    shared_top: Option<f32>,
}

impl Layout {
    /// The place of a box, if it has one.
    pub fn rect(&self, key: Key) -> Option<Rect> {
        self.places.get(&key).copied()
    }

    /// The column of the flow a box stands in; none if it stands elsewhere.
    pub fn column(&self, key: Key) -> Option<usize> {
        self.column_of.get(&key).copied()
    }

    /// Left and right edge of a column.
    pub fn column_bounds(&self, column: usize) -> Option<(f32, f32)> {
        self.columns.get(column).map(|&(x, w)| (x, x + w))
    }

    /// All boxes that have a place.
    pub fn places(&self) -> impl Iterator<Item = (Key, Rect)> {
        self.places.iter().map(|(key, rect)| (*key, *rect))
    }

    /// Where wires that skip columns may run: beneath the flow.
    pub fn flow_bottom(&self) -> f32 {
        self.flow_bottom
    }

    /// Width and height of the whole stage.
    pub fn size(&self) -> (f32, f32) {
        let w = self.places.values().map(Rect::right).fold(320.0, f32::max);
        let h = self.places.values().map(Rect::bottom).fold(160.0, f32::max);
        (w + MARGIN, h.max(self.flow_bottom + 8.0) + MARGIN)
    }

    /// Places whatever is not placed yet; the first call lays out the whole, later ones add to it.
    pub fn place(&mut self, graph: &Graph) {
        let fresh: Vec<Item> = graph
            .items
            .iter()
            .filter(|item| !self.places.contains_key(&item.key))
            .copied()
            .collect();
        if fresh.is_empty() {
            return;
        }
        if self.places.is_empty() {
            self.lay_out(graph);
        } else {
            for item in fresh {
                self.add(&item, graph);
            }
        }
    }

    fn lay_out(&mut self, graph: &Graph) {
        let top = self.lay_contexts(graph);
        self.lay_flow(graph, top);
        let row_top = if self.columns.is_empty() {
            top
        } else {
            self.flow_bottom + BAND_GAP
        };
        let shared_top = self.lay_rows(graph, row_top);
        self.shared_top = Some(shared_top);
        self.lay_shared(graph, shared_top);
        self.centre();
    }

    /// Contexts as a tree, each level to the right of its parent; returns where the next band begins.
    fn lay_contexts(&mut self, graph: &Graph) -> f32 {
        let mut children: Map<Option<Key>, Vec<Item>> = Map::new();
        let known: Vec<Key> = graph.items.iter().map(|item| item.key).collect();
        for item in &graph.items {
            if let Band::Context(parent) = item.band {
                let parent = parent.filter(|p| known.contains(p) && *p != item.key);
                children.slot(parent).push(*item);
            }
        }
        let mut y = MARGIN;
        let mut pending: Vec<(Item, f32)> = children
            .remove(&None)
            .unwrap_or_default()
            .into_iter()
            .rev()
            .map(|item| (item, MARGIN))
            .collect();
        let mut row_height = 0.0f32;
        while let Some((item, x)) = pending.pop() {
            self.places.insert(
                item.key,
                Rect {
                    x,
                    y,
                    w: item.w,
                    h: item.h,
                },
            );
            row_height = row_height.max(item.h);
            let below = children.remove(&Some(item.key)).unwrap_or_default();
            if below.is_empty() {
                y += row_height + 10.0;
                row_height = 0.0;
            }
            pending.extend(
                below
                    .into_iter()
                    .rev()
                    .map(|child| (child, x + item.w + 26.0)),
            );
        }
        if y > MARGIN { y + 14.0 } else { MARGIN + 4.0 }
    }

    fn lay_flow(&mut self, graph: &Graph, top: f32) {
        let layers = layers(graph);
        let count = layers
            .iter()
            .flatten()
            .map(|layer| layer + 1)
            .max()
            .unwrap_or(0);
        let mut columns: Vec<Vec<&Item>> = vec![Vec::new(); count];
        for (item, layer) in graph.items.iter().zip(&layers) {
            if let Some(layer) = layer {
                columns[*layer].push(item);
            }
        }
        columns.retain(|column| !column.is_empty());
        sort_columns(&mut columns, &graph.flows);
        let height =
            |column: &Vec<&Item>| column.iter().map(|i| i.h + ROW_GAP).sum::<f32>() - ROW_GAP;
        let tallest = columns.iter().map(height).fold(0.0, f32::max);
        let mut x = MARGIN;
        for (index, column) in columns.iter().enumerate() {
            let w = column.iter().map(|item| item.w).fold(0.0, f32::max);
            let mut y = top + (tallest - height(column)) / 2.0;
            for item in column {
                let place = Rect {
                    x: x + (w - item.w) / 2.0,
                    y,
                    w: item.w,
                    h: item.h,
                };
                self.places.insert(item.key, place);
                self.column_of.insert(item.key, index);
                y += item.h + ROW_GAP;
            }
            self.columns.push((x, w));
            x += w + COLUMN_GAP;
        }
        self.flow_bottom = if columns.is_empty() {
            0.0
        } else {
            top + tallest
        };
    }

    /// Goroutines without wires, in rows; main stands above the others. Returns the next band's top.
    fn lay_rows(&mut self, graph: &Graph, top: f32) -> f32 {
        let loose: Vec<&Item> = graph
            .items
            .iter()
            .filter(|item| item.band == Band::Goroutine && !self.places.contains_key(&item.key))
            .collect();
        let rows = self.rows(&loose, graph);
        let widest = rows
            .iter()
            .map(|row| row.iter().map(|i| i.w + ROW_SPACE).sum::<f32>() - ROW_SPACE)
            .fold(0.0, f32::max);
        let mut y = top;
        self.row_top = y;
        for row in &rows {
            let width = row.iter().map(|i| i.w + ROW_SPACE).sum::<f32>() - ROW_SPACE;
            let mut x = MARGIN + (widest - width) / 2.0;
            for item in row {
                let tall = row.iter().map(|item| item.h).fold(0.0, f32::max);
                let y = y + (tall - item.h) / 2.0;
                self.places.insert(
                    item.key,
                    Rect {
                        x,
                        y,
                        w: item.w,
                        h: item.h,
                    },
                );
                x += item.w + ROW_SPACE;
            }
            self.row_top = y;
            y += row.iter().map(|item| item.h).fold(0.0, f32::max) + BAND_GAP;
        }
        if rows.is_empty() && !self.columns.is_empty() {
            self.flow_bottom + BAND_GAP
        } else {
            y + 14.0
        }
    }

    /// The rows of goroutines without wires, about equally long; beside each what only it waits for.
    fn rows<'g>(&self, loose: &[&'g Item], graph: &'g Graph) -> Vec<Vec<&'g Item>> {
        // In a program of locks alone, main looks on from above.
        let alone = usize::from(self.columns.is_empty() && loose.len() > 2);
        let (first, others) = loose.split_at(alone);
        let wide: f32 = others.iter().map(|item| item.w + ROW_SPACE).sum();
        let count = (wide / (ROW_WIDTH + ROW_SPACE)).ceil().max(1.0) as usize;
        let each = others.len().div_ceil(count).max(1);
        let chunks = [first]
            .into_iter()
            .chain(others.chunks(each))
            .filter(|row| !row.is_empty());
        let with_companions = |item: &&'g Item| {
            let key = item.key;
            let beside = graph
                .items
                .iter()
                .filter(move |other| other.beside == Some(key))
                .take(2);
            std::iter::once(*item).chain(beside)
        };
        chunks
            .map(|row| row.iter().flat_map(with_companions).collect())
            .collect()
    }

    /// Locks and their like, each as near as can be beneath those who share it.
    fn lay_shared(&mut self, graph: &Graph, top: f32) {
        let mut wanted: Vec<(f32, &Item)> = graph
            .items
            .iter()
            .filter(|item| item.band == Band::Shared && !self.places.contains_key(&item.key))
            .map(|item| (self.desired_x(item, graph), item))
            .collect();
        // A stable sort: equal wishes keep the order of creation.
        sort_few(&mut wanted, &|a, b| a.0 < b.0);
        let mut y = top;
        let width: f32 = self
            .places
            .values()
            .map(Rect::right)
            .fold(ROW_WIDTH, f32::max);
        let mut rest = wanted.as_slice();
        while !rest.is_empty() {
            let mut used = 0.0;
            let fits = rest
                .iter()
                .take_while(|(_, item)| {
                    used += item.w + PLATE_GAP;
                    used <= width + PLATE_GAP
                })
                .count()
                .max(1);
            let (row, more) = rest.split_at(fits);
            self.lay_shared_row(row, y);
            y += row.iter().map(|(_, item)| item.h).fold(0.0, f32::max) + ROW_GAP;
            rest = more;
        }
    }

    /// One row, each box as near to its wish as its neighbours allow: boxes that would overlap form a
    /// cluster, which stands where its members wish on average.
    fn lay_shared_row(&mut self, row: &[(f32, &Item)], y: f32) {
        struct Cluster {
            wishes: f32,
            count: f32,
            width: f32,
        }
        let mut clusters: Vec<Cluster> = Vec::new();
        for (wish, item) in row {
            let mut last = Cluster {
                wishes: *wish,
                count: 1.0,
                width: item.w,
            };
            while let Some(before) = clusters.pop() {
                if before.wishes / before.count + before.width + PLATE_GAP
                    <= last.wishes / last.count
                {
                    clusters.push(before);
                    break;
                }
                let offset = before.width + PLATE_GAP;
                last = Cluster {
                    wishes: before.wishes + last.wishes - offset * last.count,
                    count: before.count + last.count,
                    width: offset + last.width,
                };
            }
            clusters.push(last);
        }
        let mut items = row.iter();
        let mut left = MARGIN;
        for cluster in clusters {
            let mut x = (cluster.wishes / cluster.count).max(left);
            for (_, item) in items.by_ref().take(cluster.count as usize) {
                self.places.insert(
                    item.key,
                    Rect {
                        x,
                        y,
                        w: item.w,
                        h: item.h,
                    },
                );
                x += item.w + PLATE_GAP;
            }
            left = x;
        }
    }

    fn desired_x(&self, item: &Item, graph: &Graph) -> f32 {
        let sharers: Vec<f32> = graph
            .shares
            .iter()
            .filter(|(_, object)| *object == item.key)
            .filter_map(|(goroutine, _)| self.rect(*goroutine))
            .map(|rect| rect.cx())
            .collect();
        if sharers.is_empty() {
            return MARGIN;
        }
        // Nearest to whoever used it first, drawn a little towards all the others; a single one stands
        // in their middle.
        let single = graph
            .items
            .iter()
            .filter(|item| item.band == Band::Shared)
            .count()
            == 1;
        let first = if single { 0.0 } else { 0.7 };
        let mean = sharers.iter().sum::<f32>() / sharers.len() as f32;
        sharers[0] * first + mean * (1.0 - first) - item.w / 2.0
    }

    /// Moves the narrower bands into the middle; only the first layout may do so.
    fn centre(&mut self) {
        let (width, _) = self.size();
        let flow_width = self.columns.last().map_or(0.0, |(x, w)| x + w);
        if self.columns.is_empty() || flow_width + MARGIN >= width {
            return;
        }
        let shift = (width - MARGIN - flow_width) / 2.0;
        for key in self.column_of.keys() {
            if let Some(place) = self.places.get_mut(key) {
                place.x += shift;
            }
        }
        for column in &mut self.columns {
            column.0 += shift;
        }
    }

    /// Adds one box to a stage whose boxes must not move.
    fn add(&mut self, item: &Item, graph: &Graph) {
        let (x, y) = match item.band {
            Band::Context(parent) => match parent.and_then(|p| self.rect(p)) {
                Some(parent) => (parent.right() + 26.0, parent.y),
                None => (MARGIN, MARGIN),
            },
            Band::Shared => self.spot_among_shared(item, graph),
            Band::Goroutine | Band::Channel => self.spot_in_flow(item, graph),
        };
        let mut place = Rect {
            x,
            y,
            w: item.w,
            h: item.h,
        };
        while let Some(hit) = self.places.values().find(|other| crowds(&place, other)) {
            place.y = hit.bottom() + ROW_GAP;
        }
        self.places.insert(item.key, place);
    }

    /// In the row of locks, near to who uses it; on a new row if that one is full.
    fn spot_among_shared(&self, item: &Item, graph: &Graph) -> (f32, f32) {
        let wish = self.desired_x(item, graph).max(MARGIN);
        let beneath = self.size().1 - MARGIN + ROW_GAP;
        let Some(y) = self.shared_top else {
            return (wish, beneath);
        };
        let width = self
            .places
            .values()
            .map(Rect::right)
            .fold(ROW_WIDTH, f32::max);
        let mut place = Rect {
            x: wish,
            y,
            w: item.w,
            h: item.h,
        };
        for start in [wish, MARGIN] {
            place.x = start;
            while let Some(hit) = self.places.values().find(|other| crowds(&place, other)) {
                place.x = hit.right() + PLATE_GAP;
            }
            if place.right() <= width {
                return (place.x, y);
            }
        }
        (wish, beneath)
    }

    /// Beside its neighbours in the flow; in the row beneath if it has none.
    fn spot_in_flow(&mut self, item: &Item, graph: &Graph) -> (f32, f32) {
        let before = graph
            .flows
            .iter()
            .filter(|f| f.1 == item.key)
            .find_map(|f| self.column(f.0));
        let after = graph
            .flows
            .iter()
            .filter(|f| f.0 == item.key)
            .find_map(|f| self.column(f.1));
        let column = match (before, after) {
            (Some(before), _) => Some(before + 1),
            (None, Some(after)) => Some(after.saturating_sub(1)),
            (None, None) if item.band == Band::Channel => Some(self.columns.len()),
            (None, None) => None,
        };
        let Some(column) = column else {
            let top = self.row_top.max(self.flow_bottom + BAND_GAP);
            let right = self
                .places
                .values()
                .filter(|place| place.y < top + item.h && place.bottom() > top)
                .map(|place| place.right() + 30.0)
                .fold(MARGIN, f32::max);
            return if right + item.w <= ROW_WIDTH {
                (right, top)
            } else {
                (MARGIN, top)
            };
        };
        let x = match self.columns.get(column) {
            Some(&(x, w)) => (x + (w - item.w) / 2.0).max(MARGIN),
            None => {
                let x = self.places.values().map(Rect::right).fold(0.0, f32::max) + COLUMN_GAP;
                self.columns.push((x, item.w));
                x
            }
        };
        self.column_of
            .insert(item.key, column.min(self.columns.len() - 1));
        let top = self
            .column_of
            .iter()
            .filter(|(key, at)| **at == column && **key != item.key)
            .filter_map(|(key, _)| self.rect(*key))
            .map(|place| place.y)
            .fold(f32::INFINITY, f32::min);
        (x, if top.is_finite() { top } else { MARGIN + 60.0 })
    }
}

/// Whether a box would stand too near to another for its label and wires.
fn crowds(a: &Rect, b: &Rect) -> bool {
    let padded = Rect {
        x: b.x - 14.0,
        y: b.y - 8.0,
        w: b.w + 28.0,
        h: b.h + 16.0,
    };
    a.overlaps(&padded)
}

/// The column of each item in the flow, or none for those outside it.
///
/// Longest path from the sources, wires that would close a circle left out (searched depth first from
/// the oldest); goroutines stand in even columns, channels in odd ones. Kin (see [`kin`]) stand in one
/// column.
fn layers(graph: &Graph) -> Vec<Option<usize>> {
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
fn sort_columns(columns: &mut [Vec<&Item>], flows: &[(Key, Key)]) {
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

#[cfg(test)]
mod tests {
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
}

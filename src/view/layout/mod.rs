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

mod layers;
#[cfg(test)]
mod tests;

use super::small::{Map, sort_few};
use layers::{layers, sort_columns};

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

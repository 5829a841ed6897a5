//! The timeline's canvas: names, bars, arrows, faults and the cursor.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::browser;
use crate::session::Run;
use crate::view::findings::Findings;
use crate::view::lanes::{self, Chart, Room};
use crate::view::tone::Tone;

/// The strip above the lanes in which the cursor's knob and the faults stand.
pub const TOP: f64 = 16.0;

/// The colours of the style sheet, read when drawing.
struct Palette {
    tones: [String; 9],
    ink: String,
    soft: String,
    line: String,
    accent: String,
    panel: String,
    on_state: String,
}

impl Palette {
    fn read() -> Palette {
        Palette {
            tones: Tone::ALL.map(|tone| match tone {
                Tone::Send | Tone::Receive => browser::property("--chan"),
                other => browser::property(&format!("--{}", other.name())),
            }),
            ink: browser::property("--ink"),
            soft: browser::property("--soft"),
            line: browser::property("--line"),
            accent: browser::property("--accent"),
            panel: browser::property("--panel"),
            on_state: browser::property("--on-state"),
        }
    }

    fn tone(&self, tone: Tone) -> &str {
        &self.tones[tone as usize]
    }
}

/// Draws all of it.
pub fn draw(
    canvas: &HtmlCanvasElement,
    run: &Run,
    findings: &Findings,
    room: &Room,
    (width, height): (f64, f64),
) {
    let ratio = browser::window().map_or(1.0, |window| window.device_pixel_ratio());
    let (w, h) = ((width * ratio) as u32, (height * ratio) as u32);
    if canvas.width() != w || canvas.height() != h {
        canvas.set_width(w);
        canvas.set_height(h);
    }
    let context = canvas
        .get_context("2d")
        .ok()
        .flatten()
        .and_then(|object| object.dyn_into::<CanvasRenderingContext2d>().ok());
    let Some(context) = context else { return };
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, width, height);
    let palette = Palette::read();
    let (chart, cursor) = {
        let (timeline, index) = (run.timeline(), run.index());
        let stuck = |id| findings.stuck.contains(&id);
        (
            lanes::chart(&timeline, &index, room, &stuck),
            lanes::step_of(&index, run.cursor),
        )
    };
    draw_names(&context, &palette, run, room, &chart);
    context.save();
    context.begin_path();
    context.rect(room.axis.left - 1.0, 0.0, room.axis.width + 12.0, height);
    context.clip();
    draw_rows(&context, &palette, room, &chart);
    draw_arrows(&context, &palette, room, &chart, cursor);
    draw_cursor(&context, &palette, room, &chart, cursor, height);
    context.restore();
}

fn draw_names(
    context: &CanvasRenderingContext2d,
    palette: &Palette,
    run: &Run,
    room: &Room,
    chart: &Chart,
) {
    let big = room.lane > 40.0;
    context.set_font(if big {
        "22px system-ui, sans-serif"
    } else {
        "12.5px system-ui, sans-serif"
    });
    context.set_text_baseline("middle");
    for row in &chart.rows {
        let name = run
            .world
            .goroutine(row.id)
            .map(|goroutine| crate::view::words::function(goroutine))
            .unwrap_or_default();
        let size = if big { 22.0 } else { 12.5 };
        let words = format!("{} {name}", row.id);
        let shown = crate::view::text::fit(
            &words,
            size,
            crate::view::text::Face::Sans,
            room.axis.left as f32 - 20.0,
        );
        context.set_fill_style_str(if run.world.actor() == row.id {
            &palette.ink
        } else {
            &palette.soft
        });
        let _ = context.fill_text(&shown, 12.0, TOP + row.y + room.lane / 2.0);
    }
    context.set_fill_style_str(&palette.soft);
    context.set_font("11px system-ui, sans-serif");
    let hidden = chart.above + chart.below;
    if hidden > 0 {
        let lanes = if hidden == 1 { "lane" } else { "lanes" };
        let _ = context.fill_text(&format!("{hidden} {lanes} hidden"), 12.0, TOP / 2.0);
    }
}

fn draw_rows(context: &CanvasRenderingContext2d, palette: &Palette, room: &Room, chart: &Chart) {
    let pad = if room.lane > 26.0 { 4.0 } else { 2.5 };
    for row in &chart.rows {
        let (y, h) = (TOP + row.y + pad, room.lane - 2.0 * pad);
        context.set_stroke_style_str(&palette.line);
        context.set_line_width(1.0);
        line(
            context,
            (room.axis.left, TOP + row.y + room.lane),
            (room.axis.left + room.axis.width, TOP + row.y + room.lane),
        );
        for stretch in &row.stretches {
            let gap = if stretch.w > 3.0 { 1.0 } else { 0.0 };
            let (x, w) = (stretch.x, stretch.w - gap);
            let solid = matches!(stretch.tone, Tone::Running | Tone::Fault);
            context.set_global_alpha(if solid {
                1.0
            } else if stretch.tone == Tone::Ready {
                0.42
            } else {
                0.30
            });
            context.set_fill_style_str(palette.tone(stretch.tone));
            context.fill_rect(x, y, w, h);
            context.set_global_alpha(1.0);
            if !solid && w > 4.0 {
                // The edge keeps the full hue, so that a pale lane still stands out.
                context.set_stroke_style_str(palette.tone(stretch.tone));
                context.set_line_width(1.0);
                context.stroke_rect(x + 0.5, y + 0.5, w - 1.0, h - 1.0);
            }
            pattern(context, palette, stretch.tone, (x, y, w, h));
        }
    }
}

fn line(context: &CanvasRenderingContext2d, from: (f64, f64), to: (f64, f64)) {
    context.begin_path();
    context.move_to(from.0, from.1);
    context.line_to(to.0, to.1);
    context.stroke();
}

/// The hatching that tells a state without its colour.
fn pattern(
    context: &CanvasRenderingContext2d,
    palette: &Palette,
    tone: Tone,
    (x, y, w, h): (f64, f64, f64, f64),
) {
    if w < 7.0 || matches!(tone, Tone::Running | Tone::Ready | Tone::Done) {
        return;
    }
    context.save();
    context.begin_path();
    context.rect(x, y, w, h);
    context.clip();
    context.set_stroke_style_str(if tone == Tone::Fault {
        &palette.on_state
    } else {
        palette.tone(tone)
    });
    context.set_global_alpha(0.7);
    context.set_line_width(1.2);
    let step = 9.0;
    let mut at = x - h;
    context.begin_path();
    while at < x + w {
        let (a, b) = match tone {
            Tone::Receive => ((at, y), (at + h, y + h)),
            _ => ((at, y + h), (at + h, y)),
        };
        match tone {
            Tone::Sleep => {
                context.move_to(at, y + h / 2.0);
                context.line_to(at + 4.0, y + h / 2.0);
            }
            Tone::Select => {
                context.move_to(at, y + h * 0.3);
                context.line_to(at + 1.6, y + h * 0.3);
                context.move_to(at + step / 2.0, y + h * 0.7);
                context.line_to(at + step / 2.0 + 1.6, y + h * 0.7);
            }
            _ => {
                context.move_to(a.0, a.1);
                context.line_to(b.0, b.1);
                if tone == Tone::Lock {
                    context.move_to(a.0, b.1);
                    context.line_to(b.0, a.1);
                }
            }
        }
        at += step;
    }
    context.stroke();
    context.restore();
}

fn draw_arrows(
    context: &CanvasRenderingContext2d,
    palette: &Palette,
    room: &Room,
    chart: &Chart,
    step: f64,
) {
    let (cursor, unit) = (room.axis.x(step - 1.0), room.axis.x(1.0) - room.axis.x(0.0));
    context.set_line_width(1.2);
    context.set_stroke_style_str(&palette.soft);
    context.set_fill_style_str(&palette.soft);
    for arrow in &chart.arrows {
        let ((x1, y1), (x2, y2)) = (arrow.from, arrow.to);
        let (y1, y2) = (TOP + y1, TOP + y2);
        let bend = ((x2 - x1) / 2.0).clamp(6.0, 40.0);
        context.begin_path();
        context.move_to(x1, y1);
        context.bezier_curve_to(x1 + bend, y1, x2 - bend, y2, x2, y2);
        // What led to the step at the cursor stands out.
        let near = (arrow.to.0 - cursor).abs() < 1.5 * unit;
        context.set_global_alpha(if near { 1.0 } else { 0.3 });
        context.stroke();
        context.begin_path();
        context.move_to(x2, y2);
        context.line_to(x2 - 5.0, y2 - 3.0);
        context.line_to(x2 - 5.0, y2 + 3.0);
        context.fill();
    }
    context.set_global_alpha(1.0);
}

fn draw_cursor(
    context: &CanvasRenderingContext2d,
    palette: &Palette,
    room: &Room,
    chart: &Chart,
    cursor: f64,
    height: f64,
) {
    for x in &chart.faults {
        context.set_fill_style_str(palette.tone(Tone::Fault));
        context.begin_path();
        context.move_to(*x - 6.0, 2.0);
        context.line_to(*x + 6.0, 2.0);
        context.line_to(*x, 13.0);
        context.fill();
    }
    let x = room.axis.x(cursor);
    context.set_stroke_style_str(&palette.panel);
    context.set_line_width(5.0);
    line(context, (x, 8.0), (x, height));
    context.set_stroke_style_str(&palette.accent);
    context.set_line_width(2.5);
    line(context, (x, 8.0), (x, height));
    context.set_fill_style_str(&palette.accent);
    context.begin_path();
    let _ = context.arc(x, 8.0, 6.0, 0.0, std::f64::consts::TAU);
    context.fill();
}

//! The timeline on a canvas: a lane for each goroutine. It is a slider for those who do not see it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::browser;
use super::icons::{Icon, icon};
use crate::session::{Action, Run};
use crate::view::findings::Findings;
use crate::view::lanes::{self, Axis, Chart, Room, Window};
use crate::view::tone::Tone;

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The run to draw, and when it last changed.
    pub run: RunRef,
    pub findings: Rc<Findings>,
    pub window: Option<Window>,
    pub dark: bool,
    pub projector: bool,
    /// `step 41 of 212: G3 receives 7 from jobs`.
    pub spoken: AttrValue,
    pub act: Callback<Action>,
    pub set_window: Callback<Option<Window>>,
}

/// A run with the version of the session it is of: equal versions are equal runs.
#[derive(Clone)]
pub struct RunRef {
    pub run: Run,
    pub version: u64,
}

impl PartialEq for RunRef {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
    }
}

/// The part of the run that is shown: the chosen one, or all.
pub fn window_of(window: Option<Window>, run: &Run) -> Window {
    window.unwrap_or_else(|| Window::all(run.steps()))
}

#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let canvas = use_node_ref();
    let slider = use_node_ref();
    let size = use_state_eq(|| (0.0, 0.0));
    let first = use_state_eq(|| 0usize);
    use_size(slider.clone(), size.clone());
    let room = room_of(props, *size, *first);
    {
        let canvas = canvas.clone();
        let (run, findings, size, room) = (props.run.clone(), props.findings.clone(), *size, room);
        use_effect_with(
            (
                props.run.clone(),
                size,
                props.window,
                props.dark,
                props.projector,
                *first,
            ),
            move |_| {
                if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                    draw(&canvas, &run.run, &findings, &room, size);
                }
            },
        );
    }
    let run = &props.run.run;
    let onwheel = on_wheel(props, first.clone(), room);
    html! {
        <div class="lanes">
            <div class="slider" ref={slider} role="slider" tabindex="0" aria-label="Timeline" aria-orientation="horizontal"
                aria-valuemin="0" aria-valuemax={run.steps().to_string()} aria-valuenow={run.step().to_string()}
                aria-valuetext={props.spoken.clone()}
                onpointerdown={on_pointer(props, room, true)} onpointermove={on_pointer(props, room, false)} {onwheel}>
                <canvas ref={canvas} aria-hidden="true" />
            </div>
            { zoom_buttons(props, &first) }
        </div>
    }
}

fn room_of(props: &TimelineProps, size: (f64, f64), first: usize) -> Room {
    let scale: f64 = if props.projector { 1.8 } else { 1.0 };
    let left = (120.0 * scale).min(size.0 * 0.3);
    let count = props
        .run
        .run
        .world
        .goroutine_count()
        .max(props.run.run.timeline().lanes().len());
    let height = (size.1 - TOP - 4.0).max(10.0);
    let axis = Axis {
        window: window_of(props.window, &props.run.run),
        left,
        width: (size.0 - left - 12.0).max(10.0),
    };
    let lane = if props.projector {
        44.0
    } else {
        lanes::lane_height(count, height)
    };
    Room {
        axis,
        height,
        first,
        lane,
    }
}

/// The strip above the lanes in which the cursor's knob and the faults stand.
const TOP: f64 = 16.0;

#[hook]
fn use_size(node: NodeRef, size: UseStateHandle<(f64, f64)>) {
    use_effect_with((), move |()| {
        let observed = node.cast::<HtmlElement>();
        let measure = {
            let observed = observed.clone();
            Closure::<dyn FnMut()>::new(move || {
                if let Some(element) = &observed {
                    let rect = element.get_bounding_client_rect();
                    size.set((rect.width(), rect.height()));
                }
            })
        };
        let observer = web_sys::ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &observed) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(measure);
        }
    });
}

fn on_pointer(props: &TimelineProps, room: Room, down: bool) -> Callback<PointerEvent> {
    let (act, run) = (props.act.clone(), props.run.run.clone());
    Callback::from(move |event: PointerEvent| {
        if !down && event.buttons() & 1 == 0 {
            return;
        }
        let Some(slider) = event
            .current_target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        else {
            return;
        };
        if down {
            let _ = slider.set_pointer_capture(event.pointer_id());
        }
        let x = f64::from(event.client_x()) - slider.get_bounding_client_rect().left();
        if x < room.axis.left - 6.0 && down {
            return;
        }
        let position = lanes::position_of(&run.index(), room.axis.step(x));
        if position != run.cursor {
            act.emit(Action::GoToEvent(position));
        }
    })
}

fn on_wheel(
    props: &TimelineProps,
    first: UseStateHandle<usize>,
    room: Room,
) -> Callback<WheelEvent> {
    let (run, set, window) = (
        props.run.run.clone(),
        props.set_window.clone(),
        props.window,
    );
    Callback::from(move |event: WheelEvent| {
        let steps = run.steps();
        if event.ctrl_key() {
            event.prevent_default();
            let around = room.axis.step(f64::from(event.offset_x()));
            let factor = if event.delta_y() > 0.0 { 1.25 } else { 0.8 };
            set.emit(Some(window_of(window, &run).zoomed(factor, around, steps)));
        } else if event.shift_key() || event.delta_x().abs() > event.delta_y().abs() {
            event.prevent_default();
            let by = if event.delta_x() + event.delta_y() > 0.0 {
                0.1
            } else {
                -0.1
            };
            set.emit(Some(window_of(window, &run).moved(by, steps)));
        } else {
            let lanes = run.timeline().lanes().len();
            let fits = (room.height / room.lane).floor() as usize;
            if lanes > fits {
                event.prevent_default();
                let down = event.delta_y() > 0.0;
                let next = if down {
                    *first + 2
                } else {
                    first.saturating_sub(2)
                };
                first.set(next.min(lanes.saturating_sub(fits)));
            }
        }
    })
}

fn zoom_buttons(props: &TimelineProps, first: &UseStateHandle<usize>) -> Html {
    let zoom = |factor: f64| {
        let (run, set, window) = (
            props.run.run.clone(),
            props.set_window.clone(),
            props.window,
        );
        Callback::from(move |_: MouseEvent| {
            let around = run.step() as f64;
            set.emit(Some(window_of(window, &run).zoomed(
                factor,
                around,
                run.steps(),
            )));
        })
    };
    let fit = {
        let first = first.clone();
        props.set_window.reform(move |_: MouseEvent| {
            first.set(0);
            None
        })
    };
    html! {
        <div class="zoom">
            <button type="button" class="icon" aria-label="Zoom in" title="Zoom in (W)" onclick={zoom(0.6)}>{ icon(Icon::ZoomIn) }</button>
            <button type="button" class="icon" aria-label="Zoom out" title="Zoom out (S)" onclick={zoom(1.6)}>{ icon(Icon::ZoomOut) }</button>
            <button type="button" class="icon" aria-label="Show all" title="Show all (0)" onclick={fit}>{ icon(Icon::Fit) }</button>
        </div>
    }
}

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

fn draw(
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

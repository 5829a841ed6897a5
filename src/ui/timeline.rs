//! The timeline on a canvas: a lane for each goroutine. It is a slider for those who do not see it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::icons::{Icon, icon};
use super::paint::{TOP, draw};
use crate::session::{Action, Run};
use crate::view::findings::Findings;
use crate::view::lanes::{self, Axis, Room, Window};

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

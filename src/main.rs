//! The page. All of it is in `lockstep::ui`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    lockstep::ui::start();
}

# The part that scripts/serve, scripts/test and scripts/bench share: where the tools are, which
# versions are wanted, and how a missing one is installed. Sourced, never run.
#
# Invariants: everything is installed inside the repository (`.tools/`, `node_modules/`), except the
# wasm target, which belongs to rustup, and the browser, which belongs to the system. A tool of the
# right version that is already on PATH is used as it is. Nothing is installed twice.

TRUNK_VERSION=0.21.14
# Must equal the version of the wasm-bindgen crate in Cargo.toml exactly.
WASM_BINDGEN_VERSION=0.2.130

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# Trunk 0.21 reads NO_COLOR=1 as an invalid flag and stops.
unset NO_COLOR
export TRUNK_SKIP_VERSION_CHECK=true
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
export PATH="$root/.tools/bin:$root/node_modules/.bin:$PATH"

started=$SECONDS
say() { printf '[%3ds] %s\n' $((SECONDS - started)) "$*"; }
fail() { printf '\nlockstep: %s\n' "$*" >&2; exit 1; }

# The toolchain that rust-toolchain.toml names. Where rustup knows it only under another name
# ("stable", of the same version), that one is used and nothing is downloaded.
ensure_rust() {
  command -v rustup >/dev/null || fail "rustup is missing. Install it from https://rustup.rs and run this again."
  local wanted
  wanted=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustup run "$wanted" rustc --version >/dev/null 2>&1; then
    if rustup run stable rustc --version 2>/dev/null | grep -qF "rustc $wanted "; then
      export RUSTUP_TOOLCHAIN=stable
    else
      say "installing Rust $wanted (rustup)"
      rustup toolchain install "$wanted" --profile minimal -c rustfmt -c clippy </dev/null \
        || fail "rustup could not install Rust $wanted."
    fi
  fi
  if ! rustup target list --installed | grep -qx wasm32-unknown-unknown; then
    say "installing the wasm32-unknown-unknown target (rustup)"
    rustup target add wasm32-unknown-unknown </dev/null || fail "rustup could not add the wasm target."
  fi
}

# has TOOL VERSION: whether PATH leads to that very version.
has() { [ "$("$1" --version 2>/dev/null | awk '{print $2; exit}')" = "$2" ]; }

ensure_trunk() {
  has trunk $TRUNK_VERSION && return
  say "building trunk $TRUNK_VERSION into .tools/ (once, about five minutes)"
  # Unoptimised on purpose: it builds in half the time and only copies files here.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install trunk --version $TRUNK_VERSION --locked --quiet --root .tools </dev/null \
    || fail "trunk could not be installed."
}

ensure_wasm_bindgen() {
  has wasm-bindgen $WASM_BINDGEN_VERSION && has wasm-bindgen-test-runner $WASM_BINDGEN_VERSION && return
  say "building wasm-bindgen-cli $WASM_BINDGEN_VERSION into .tools/ (once, about three minutes)"
  # Without --locked: the lock file of this release names a crate that the registry lacks.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install wasm-bindgen-cli --version $WASM_BINDGEN_VERSION --quiet --root .tools </dev/null \
    || fail "wasm-bindgen-cli could not be installed."
}

ensure_node() {
  command -v node >/dev/null && command -v npm >/dev/null \
    || fail "Node.js (20 or newer) is missing. Install it and run this again."
  [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] \
    || fail "Node.js $(node --version) is too old: 20 or newer is needed."
  cmp -s package-lock.json node_modules/.lockstep-lock && return
  say "installing the npm packages (npm ci)"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null || fail "npm ci failed."
  cp package-lock.json node_modules/.lockstep-lock
}

# Finds Chromium and its driver, or installs them where this user may; answers 1 where not.
ensure_browser() {
  find_browser && return
  if command -v apt-get >/dev/null; then
    local as_root=
    if [ "$(id -u)" -ne 0 ]; then
      sudo -n true 2>/dev/null && as_root="sudo -n"
    fi
    if [ "$(id -u)" -eq 0 ] || [ -n "$as_root" ]; then
      say "installing chromium and chromium-driver (apt-get)"
      { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        $as_root apt-get install -y -qq --no-install-recommends chromium chromium-driver; } \
        </dev/null >/dev/null 2>&1
      hash -r
      find_browser && return
    fi
  fi
  return 1
}

find_browser() {
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
  CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
  export CHROMIUM CHROMEDRIVER
  [ -x "$CHROMIUM" ] && [ -x "$CHROMEDRIVER" ]
}

# Builds dist/ in release mode, or leaves it alone when nothing it is made of has changed.
build_page() {
  if [ -f dist/index.html ] && [ -f target/page-built ] \
    && [ -z "$(find src static build.rs index.html Trunk.toml Cargo.toml Cargo.lock package-lock.json \
      -newer target/page-built -print -quit)" ]; then
    say "the page is built already"
    return
  fi
  say "building the page (release)"
  mkdir -p target
  touch target/page-building
  trunk build --release </dev/null || return 1
  mv target/page-building target/page-built
}

//! How much a run may take.

/// Upper bounds of a run; reaching one ends it with `StepLimit` or `MemoryLimit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps.
    pub steps: u64,
    /// Fuel a goroutine may burn in one step; it is then put behind the others, still runnable.
    pub fuel_per_step: u64,
    /// Fuel of the whole run.
    pub fuel: u64,
    /// Goroutines started.
    pub goroutines: u32,
    /// Bytes of memory the program reports.
    pub memory: u64,
    /// Events recorded.
    pub events: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            steps: 5_000_000,
            fuel_per_step: 20_000,
            fuel: 2_000_000_000,
            goroutines: 200_000,
            memory: 256 << 20,
            events: 3_000_000,
        }
    }
}

/// How a run is to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Upper bounds.
    pub limits: Limits,
    /// Whether events are recorded.
    pub recording: bool,
    /// Whether the decisions are kept as a schedule.
    pub scheduling: bool,
    /// Whether each step's footprint is kept.
    pub tracking: bool,
    /// Whether what the program prints is kept as one text ([`super::Runtime::with_output`]).
    pub printing: bool,
    /// Whether the others go on when the program has ended by main's return, an exit, a panic or a
    /// fatal error, until one would have to wait: to see what they could have done before that.
    /// Not together with recording.
    pub lingering: bool,
}

impl Default for Options {
    /// Default limits, recording the events and the schedule and nothing else.
    fn default() -> Options {
        Options {
            limits: Limits::default(),
            recording: true,
            scheduling: true,
            tracking: false,
            printing: false,
            lingering: false,
        }
    }
}

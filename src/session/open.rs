//! Opening a program: from the catalogue, a link, a file or the editor; and the address of what is open.
//!
//! Invariant: a text that does not compile or a link that cannot be read leaves what was there in place.

use std::cell::RefCell;
use std::rc::Rc;

use super::live::Live;
use super::{
    Activity, Compiled, Compiler, Path, Policy, Problem, ProgramText, Run, Selection, Speed, State,
    StepSize, catalogue, link,
};
use crate::schedule::Schedule;
use crate::trace::Text;

impl ProgramText {
    pub(super) fn of_catalogue(program: catalogue::Program) -> Self {
        Self {
            file: program.file_name().into(),
            catalogue: Some(program.name),
            title: program.directives().title.into(),
            source: program.source.into(),
        }
    }

    pub(super) fn own(name: &str, source: &str) -> Self {
        let title = catalogue::Directives::parse(source).title;
        let title = if title.is_empty() {
            name.to_owned()
        } else {
            title
        };
        // The text is one of the catalogue's if it is the same to the last byte.
        let known = catalogue::programs()
            .into_iter()
            .find(|program| program.source == source);
        match known {
            Some(program) => Self::of_catalogue(program),
            None => Self {
                file: name.into(),
                catalogue: None,
                title: title.into(),
                source: source.into(),
            },
        }
    }
}

/// Opening and compiling.
impl State {
    /// A session in which nothing is open.
    pub fn new(compiler: Compiler) -> Self {
        Self {
            compiler,
            program: Rc::new(ProgramText {
                file: "main.go".into(),
                catalogue: None,
                title: "".into(),
                source: "".into(),
            }),
            draft: None,
            problems: Rc::from([]),
            run: None,
            policy: Policy::default(),
            seed: 1,
            step_size: StepSize::default(),
            speed: Speed::default(),
            activity: Activity::Idle,
            exploration: None,
            selection: Selection::Nothing,
            breakpoints: Rc::default(),
            notice: None,
        }
    }

    pub(super) fn tell(&mut self, notice: impl Into<Text>) {
        self.notice = Some(notice.into());
    }

    pub(super) fn load(&mut self, program: ProgramText, script: Option<(Schedule, usize)>) {
        self.program = Rc::new(program);
        self.draft = None;
        self.run = None;
        self.notice = None;
        self.breakpoints = Rc::default();
        self.compile(script);
    }

    pub(super) fn rerun(&mut self) {
        if let Some(draft) = self.draft.take() {
            let mut program = ProgramText::own(&self.program.file, &draft);
            if program.catalogue.is_none() && self.program.catalogue.is_some() && self.run.is_some()
            {
                program.title = format!("{} (edited)", self.program.title).into();
            }
            // If it does not compile, what was typed is still the draft, and the picture is still there.
            let before = std::mem::replace(&mut self.program, Rc::new(program));
            self.compile(None);
            if !self.problems.is_empty() && self.run.is_some() {
                self.program = before;
                self.draft = Some(draft);
            }
        } else {
            self.compile(None);
        }
    }

    /// Compiles the program and starts it; a program that does not compile leaves the run as it was.
    pub(super) fn compile(&mut self, script: Option<(Schedule, usize)>) {
        self.activity = Activity::Idle;
        let size = self.program.source.len();
        if size > link::MAX_SOURCE {
            let message = format!(
                "this text is too large to run: {} kB, where at most {} kB are read",
                size / 1024,
                link::MAX_SOURCE / 1024
            );
            self.problems = Rc::from([Problem {
                line: 1,
                column: 1,
                start: 0,
                end: 0,
                message: message.into(),
            }]);
            return;
        }
        match (self.compiler)(&self.program.file, &self.program.source) {
            Ok(compiled) => {
                self.problems = Rc::from([]);
                self.selection = Selection::Nothing;
                self.exploration = None;
                self.start(compiled, script);
            }
            Err(problems) => self.problems = problems.into(),
        }
    }

    pub(super) fn start(&mut self, compiled: Compiled, script: Option<(Schedule, usize)>) {
        let (schedule, position) = match script {
            Some((schedule, position)) => (Some(Rc::new(schedule)), Some(position)),
            None => (None, None),
        };
        let live = Live::new(&*compiled.program, compiled.options, self.seed, schedule);
        let path = Path {
            id: 0,
            forked: None,
            left_at: 0,
            live: Rc::new(RefCell::new(live)),
        };
        let mut run = Run {
            program: compiled.program,
            options: compiled.options,
            sources: compiled.sources,
            file: compiled.file,
            paths: Rc::new(vec![path]),
            path: 0,
            cursor: 0,
            world: Rc::default(),
            before: Rc::default(),
            sentence: "".into(),
            offers: Rc::from([]),
            blocked: Rc::from([]),
        };
        let home = run.index().home();
        run.stand_at(home);
        self.run = Some(run);
        if let Some(position) = position {
            self.replay(position, None);
        }
    }

    pub(super) fn open_link(&mut self, text: &str) {
        let link = match link::Link::decode(text) {
            Ok(link) => link,
            Err(error) => return self.tell(error.to_string()),
        };
        let mut changed = false;
        let program = match link.program {
            link::LinkedProgram::Catalogue { name, hash } => match catalogue::find(&name) {
                Some(program) => {
                    changed = link::source_hash(program.source) != hash;
                    ProgramText::of_catalogue(program)
                }
                None => return self.tell(link::LinkError::UnknownProgram(name).to_string()),
            },
            link::LinkedProgram::Source(source) => ProgramText::own("main.go", &source),
        };
        let schedule = match link.schedule.as_str() {
            "" => Ok(Schedule::new()),
            text => text.parse(),
        };
        let Ok(schedule) = schedule else {
            return self.tell(link::LinkError::Malformed("schedule").to_string());
        };
        self.load(program, Some((schedule, link.cursor)));
        if changed {
            self.tell(
                "This program has changed since the link was made; what is shown may differ.",
            );
        }
    }

    /// The address text of what is shown: the program as it runs, the whole path and the cursor.
    pub fn share(&self) -> String {
        let program = match self.program.catalogue {
            Some(name) => link::LinkedProgram::Catalogue {
                name: name.to_owned(),
                hash: link::source_hash(&self.program.source),
            },
            None => link::LinkedProgram::Source(self.program.source.to_string()),
        };
        let (schedule, cursor) = match &self.run {
            Some(run) => {
                let schedule = run.live().schedule();
                let text = if schedule.is_empty() {
                    String::new()
                } else {
                    schedule.to_string()
                };
                (text, run.cursor)
            }
            None => (String::new(), 0),
        };
        link::Link {
            program,
            schedule,
            cursor,
            memory_points: false,
        }
        .encode()
    }
}

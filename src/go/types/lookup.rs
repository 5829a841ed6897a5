//! Finding fields and methods by name, and the type sets of interfaces (Go spec, "Selectors",
//! "Method sets", "Interface types").

use super::info::PathStep;
use super::object::is_exported;
use super::table::{
    Basic, DeclaredMethod, Field, Interface, Method, PackageId, Term, Type, TypeId, Types,
};
use std::rc::Rc;

/// What a name means for a type.
#[derive(Clone, Debug)]
pub enum Target {
    /// A field; the last step of the path selects it.
    Field(Field),
    /// A method declared on the defined type `on` (with its type arguments, never a pointer).
    Method {
        /// The type that declares it.
        on: TypeId,
        /// The method; its signature is over `on`'s declared type parameters.
        method: DeclaredMethod,
    },
    /// A method of the interface type `on` (or of a type parameter's constraint).
    Interface {
        /// The interface or type parameter.
        on: TypeId,
        /// The method.
        method: Method,
    },
}

/// A field or method that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The embedded fields to go through; includes a selected field itself.
    pub path: Vec<PathStep>,
    /// A pointer was followed on the way (the receiver itself included).
    pub indirect: bool,
    /// What it is.
    pub target: Target,
}

/// The outcome of a search.
#[derive(Clone, Debug)]
pub enum Lookup {
    /// One thing at the shallowest depth.
    Found(Found),
    /// Several at the same depth.
    Ambiguous,
    /// Nothing.
    None,
}

/// The set of types that an interface describes.
#[derive(Clone, Debug, Default)]
pub struct TypeSet {
    /// All methods, sorted by name and package.
    pub methods: Vec<Method>,
    /// The allowed types; `None` is every type.
    pub terms: Option<Vec<Term>>,
    /// Only comparable types.
    pub comparable: bool,
}

/// A type to search in, at one depth of embedding.
struct Level {
    typ: TypeId,
    path: Vec<PathStep>,
    indirect: bool,
    multiple: bool,
}

/// Same name, seen from the same package if not exported.
pub fn same_name(a: &str, package_a: PackageId, b: &str, package_b: PackageId) -> bool {
    a == b && (package_a == package_b || is_exported(a))
}

impl Types {
    /// Finds the field or method `name`, as package `from` sees it, in `typ` or by promotion through its
    /// embedded fields. Whether the method may be *called* on a value is for the caller to see from
    /// `indirect`, `DeclaredMethod::pointer` and addressability.
    pub fn lookup(&self, typ: TypeId, from: PackageId, name: &str) -> Lookup {
        let (mut start, mut indirect) = (self.unalias(typ), false);
        match self.get(start) {
            Type::Pointer(to) => {
                start = self.unalias(to);
                indirect = true;
                // Pointers to interfaces have no methods.
                if let Type::Interface(_) = self.under(start) {
                    return Lookup::None;
                }
            }
            // A defined pointer type has its struct's fields, but no methods.
            Type::Named(..) => {
                if let Type::Pointer(to) = self.under(start) {
                    if let Type::Struct(_) = self.under(to) {
                        let found = self.lookup(self.underlying(start), from, name);
                        return match &found {
                            Lookup::Found(f) if matches!(f.target, Target::Field(_)) => found,
                            _ => Lookup::None,
                        };
                    }
                    return Lookup::None;
                }
            }
            _ => {}
        }
        self.search(start, indirect, from, name)
    }

    fn search(&self, start: TypeId, indirect: bool, from: PackageId, name: &str) -> Lookup {
        let mut current = vec![Level {
            typ: start,
            path: Vec::new(),
            indirect,
            multiple: false,
        }];
        let mut seen: Vec<TypeId> = Vec::new();
        // Instantiations that grow with every level would go on for ever.
        for _ in 0..100 {
            if current.is_empty() {
                break;
            }
            let mut next: Vec<Level> = Vec::new();
            let mut found: Option<Found> = None;
            let mut count = 0;
            for level in &current {
                let canonical = self.unalias(level.typ);
                if let Type::Named(..) = self.get(level.typ) {
                    if seen.contains(&canonical) {
                        continue;
                    }
                    seen.push(canonical);
                }
                if let Some(target) = self.own_method(level.typ, from, name) {
                    count += if level.multiple { 2 } else { 1 };
                    found = Some(Found {
                        path: level.path.clone(),
                        indirect: level.indirect,
                        target,
                    });
                    continue;
                }
                let Type::Struct(fields) = self.under(level.typ) else {
                    continue;
                };
                if let Type::TypeParam(_) = self.get(level.typ) {
                    continue;
                }
                for (at, field) in fields.iter().enumerate() {
                    let deref = match level.path.last() {
                        None => indirect,
                        // The last step's field is a pointer exactly if following it was recorded.
                        Some(_) => self.step_is_pointer(level, start),
                    };
                    let mut path = level.path.clone();
                    path.push(PathStep { field: at, deref });
                    if same_name(&field.name, field.package, name, from) {
                        count += if level.multiple { 2 } else { 1 };
                        found = Some(Found {
                            path,
                            indirect: level.indirect,
                            target: Target::Field(field.clone()),
                        });
                        continue;
                    }
                    if field.embedded {
                        let (typ, pointer) = match self.get(field.typ) {
                            Type::Pointer(to) => (self.unalias(to), true),
                            _ => (self.unalias(field.typ), false),
                        };
                        next.push(Level {
                            typ,
                            path,
                            indirect: level.indirect || pointer,
                            multiple: level.multiple,
                        });
                    }
                }
            }
            match (found, count) {
                (Some(found), 1) => return Lookup::Found(found),
                (Some(_), _) => return Lookup::Ambiguous,
                (None, _) => {}
            }
            current = self.consolidate(next);
        }
        Lookup::None
    }

    /// Whether the field that the level's path ends at holds a pointer to the level's struct.
    fn step_is_pointer(&self, level: &Level, start: TypeId) -> bool {
        let mut typ = start;
        let mut pointer = false;
        for step in &level.path {
            let Type::Struct(fields) = self.under(typ) else {
                return false;
            };
            (typ, pointer) = match self.get(fields[step.field].typ) {
                Type::Pointer(to) => (to, true),
                _ => (fields[step.field].typ, false),
            };
        }
        pointer
    }

    /// The same type reached twice at one depth makes what it holds ambiguous.
    fn consolidate(&self, levels: Vec<Level>) -> Vec<Level> {
        let mut out: Vec<Level> = Vec::new();
        for level in levels {
            match out.iter_mut().find(|l| self.identical(l.typ, level.typ)) {
                Some(same) => same.multiple = true,
                None => out.push(level),
            }
        }
        out
    }

    /// A method of the type itself, without embedding.
    fn own_method(&self, typ: TypeId, from: PackageId, name: &str) -> Option<Target> {
        if let Type::Named(declared, _) = self.get(typ) {
            let declared = self.declared(declared);
            let method = declared
                .methods
                .iter()
                .find(|m| same_name(&m.name, m.package, name, from));
            if let Some(method) = method {
                return Some(Target::Method {
                    on: typ,
                    method: method.clone(),
                });
            }
        }
        let Type::Interface(_) = self.under(typ) else {
            return None;
        };
        let set = self.type_set(typ);
        let method = set
            .methods
            .iter()
            .find(|m| same_name(&m.name, m.package, name, from))?;
        Some(Target::Interface {
            on: typ,
            method: method.clone(),
        })
    }

    /// The type set of an interface type, or of a type parameter's constraint.
    pub fn type_set(&self, id: TypeId) -> TypeSet {
        self.try_type_set(id, 0).unwrap_or_default()
    }

    /// `None` while a part of it is not declared yet.
    fn try_type_set(&self, id: TypeId, depth: usize) -> Option<TypeSet> {
        let mut set = TypeSet::default();
        let id = self.unalias(id);
        if id == TypeId::COMPARABLE || id == self.underlying(TypeId::COMPARABLE) {
            set.comparable = true;
            return Some(set);
        }
        if depth > 100 {
            return None;
        }
        if let Type::Named(declared, _) = self.get(id) {
            self.declared(declared).right?;
        }
        let Type::Interface(interface) = self.under(id) else {
            return Some(set);
        };
        for method in interface.methods.iter() {
            add_method(&mut set.methods, method);
        }
        for &embedded in interface.embedded.iter() {
            match self.under(embedded) {
                Type::Interface(_) => {
                    let inner = self.try_type_set(embedded, depth + 1)?;
                    for method in &inner.methods {
                        add_method(&mut set.methods, method);
                    }
                    set.comparable |= inner.comparable;
                    self.restrict(&mut set.terms, inner.terms);
                }
                Type::Union(terms) => {
                    let mut all: Option<Vec<Term>> = Some(Vec::new());
                    for term in terms.iter() {
                        let more = match self.under(term.typ) {
                            Type::Interface(_) => self.try_type_set(term.typ, depth + 1)?.terms,
                            _ => Some(vec![*term]),
                        };
                        all = match (all, more) {
                            (Some(mut all), Some(more)) => {
                                for term in more {
                                    if !all.iter().any(|&t| self.term_includes(t, term)) {
                                        all.push(term);
                                    }
                                }
                                Some(all)
                            }
                            _ => None,
                        };
                    }
                    self.restrict(&mut set.terms, all);
                }
                Type::Basic(Basic::Invalid) => {
                    if let Type::Named(declared, _) = self.get(embedded) {
                        self.declared(declared).right?;
                    }
                }
                _ => {
                    let term = Term {
                        tilde: false,
                        typ: embedded,
                    };
                    self.restrict(&mut set.terms, Some(vec![term]));
                }
            }
        }
        set.methods
            .sort_by(|a, b| (&a.name, a.package).cmp(&(&b.name, b.package)));
        if let (true, Some(terms)) = (set.comparable, &mut set.terms) {
            terms.retain(|t| self.is_comparable(t.typ));
            set.comparable = false;
        }
        Some(set)
    }

    /// Every type of `inner` is in `outer`.
    pub(crate) fn term_includes(&self, outer: Term, inner: Term) -> bool {
        if outer.tilde {
            self.identical(self.underlying(outer.typ), self.underlying(inner.typ))
        } else {
            !inner.tilde && self.identical(outer.typ, inner.typ)
        }
    }

    fn restrict(&self, terms: &mut Option<Vec<Term>>, by: Option<Vec<Term>>) {
        let Some(by) = by else { return };
        *terms = Some(match terms.take() {
            None => by,
            Some(old) => {
                let mut both: Vec<Term> = Vec::new();
                for &a in &old {
                    for &b in &by {
                        let common = if self.term_includes(a, b) {
                            b
                        } else if self.term_includes(b, a) {
                            a
                        } else {
                            continue;
                        };
                        if !both.contains(&common) {
                            both.push(common);
                        }
                    }
                }
                both
            }
        });
    }

    /// The canonical, flat form of an interface; `None` while parts of it are unknown.
    pub(crate) fn flat_interface(&self, id: TypeId, interface: &Interface) -> Option<Interface> {
        if interface.embedded.contains(&TypeId::COMPARABLE)
            && interface.embedded.len() == 1
            && interface.methods.is_empty()
        {
            return Some(interface.clone());
        }
        let set = self.try_type_set(id, 0)?;
        let methods = set
            .methods
            .iter()
            .map(|m| Method {
                signature: self.canonical(m.signature),
                ..m.clone()
            })
            .collect();
        let mut embedded = Vec::new();
        if set.comparable {
            embedded.push(TypeId::COMPARABLE);
        }
        if let Some(terms) = set.terms {
            let mut terms: Vec<Term> = terms
                .iter()
                .map(|t| Term {
                    tilde: t.tilde,
                    typ: self.canonical(t.typ),
                })
                .collect();
            terms.sort();
            embedded.push(match terms[..] {
                [Term { tilde: false, typ }] => typ,
                _ => self.intern(Type::Union(terms.into())),
            });
        }
        Some(Interface {
            methods,
            embedded: embedded.into(),
            implicit: false,
        })
    }

    /// Values of the type may be compared with `==` (an interface's may panic); a type parameter's only
    /// if all types of its set may.
    pub fn is_comparable(&self, id: TypeId) -> bool {
        self.comparable(id, false, 0)
    }

    /// Comparable without ever panicking: no interface inside (spec, "strictly comparable").
    pub fn is_strictly_comparable(&self, id: TypeId) -> bool {
        self.comparable(id, true, 0)
    }

    /// A constraint may mention its own parameter, so `depth` ends what would go round for ever.
    fn comparable(&self, id: TypeId, strictly: bool, depth: u32) -> bool {
        if depth > 60 {
            return true;
        }
        let inner = |t: TypeId| self.comparable(t, strictly, depth + 1);
        let all = |set: TypeSet| {
            set.comparable
                || set
                    .terms
                    .is_some_and(|terms| terms.iter().all(|t| inner(t.typ)))
        };
        if let Type::TypeParam(_) = self.get(id) {
            return all(self.type_set(id));
        }
        match self.under(id) {
            Type::Basic(basic) => basic != Basic::UntypedNil,
            Type::Pointer(_) | Type::Chan(..) => true,
            Type::Interface(_) => !strictly || all(self.type_set(id)),
            Type::Struct(fields) => fields.iter().all(|f| inner(f.typ)),
            Type::Array(of, _) => inner(of),
            _ => false,
        }
    }

    /// The names of all methods in the method set of a type (of `*T` if it is a pointer), sorted, with the
    /// package for those that are not exported. For run-time type descriptors.
    pub fn method_names(&self, id: TypeId) -> Vec<(Rc<str>, PackageId)> {
        let mut names = Vec::new();
        let mut seen = Vec::new();
        self.collect_names(id, &mut names, &mut seen);
        names.sort();
        names.dedup();
        names.retain(|(name, package)| self.in_method_set(id, *package, name));
        names
    }

    /// The method may be called on any value of the type, addressable or not.
    pub fn in_method_set(&self, id: TypeId, from: PackageId, name: &str) -> bool {
        match self.lookup(id, from, name) {
            Lookup::Found(found) => match found.target {
                Target::Field(_) => false,
                Target::Method { method, .. } => found.indirect || !method.pointer,
                Target::Interface { .. } => true,
            },
            _ => false,
        }
    }

    fn collect_names(
        &self,
        id: TypeId,
        names: &mut Vec<(Rc<str>, PackageId)>,
        seen: &mut Vec<TypeId>,
    ) {
        let typ = match self.get(id) {
            Type::Pointer(to) => self.unalias(to),
            _ => self.unalias(id),
        };
        if seen.contains(&typ) || seen.len() > 500 {
            return;
        }
        seen.push(typ);
        if let Type::Named(declared, _) = self.get(typ) {
            for method in &self.declared(declared).methods {
                names.push((method.name.clone(), method.package));
            }
        }
        match self.under(typ) {
            Type::Interface(_) => {
                for method in self.type_set(typ).methods {
                    names.push((method.name, method.package));
                }
            }
            Type::Struct(fields) => {
                for field in fields.iter().filter(|f| f.embedded) {
                    self.collect_names(field.typ, names, seen);
                }
            }
            _ => {}
        }
    }
}

fn add_method(methods: &mut Vec<Method>, method: &Method) {
    if !methods
        .iter()
        .any(|m| same_name(&m.name, m.package, &method.name, method.package))
    {
        methods.push(method.clone());
    }
}

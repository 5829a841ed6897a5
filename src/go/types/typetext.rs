//! Types as text: in messages (as the source spells them) and at run time (as `%T` prints them).

use super::table::{
    AliasName, ChanDir, PackageId, Signature, Term, Type, TypeId, TypeParamId, Types,
};

/// For whom a type is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// A message about this package, whose own names stand unqualified: `[]Account`.
    Message(PackageId),
    /// As `reflect` and `%T` print it: `[]main.Account`, `interface {}`.
    Runtime,
}

impl Types {
    /// The type as text.
    pub fn text(&self, id: TypeId, style: Style) -> String {
        let mut out = String::new();
        self.write(&mut out, id, style);
        out
    }

    /// Several types, separated by ", ".
    pub fn list_text(&self, ids: &[TypeId], style: Style) -> String {
        let mut out = String::new();
        self.write_list(&mut out, ids, ", ", style);
        out
    }

    /// `[T any, U C]`
    pub fn params_text(&self, params: &[TypeParamId], style: Style) -> String {
        let mut out = String::from("[");
        let mut last = None;
        for (at, &param) in params.iter().enumerate() {
            let (name, constraint) = {
                let p = self.param(param);
                (p.name.clone(), p.constraint)
            };
            if at > 0 {
                if last != Some(constraint) {
                    out.push(' ');
                    if let Some(last) = last {
                        self.write(&mut out, last, style);
                    }
                }
                out.push_str(", ");
            }
            out.push_str(&name);
            last = Some(constraint);
        }
        if let Some(last) = last {
            out.push(' ');
            self.write(&mut out, last, style);
        }
        out.push(']');
        out
    }

    fn write_list(&self, out: &mut String, ids: &[TypeId], separator: &str, style: Style) {
        for (at, &id) in ids.iter().enumerate() {
            if at > 0 {
                out.push_str(separator);
            }
            self.write(out, id, style);
        }
    }

    fn write_qualified(&self, out: &mut String, package: PackageId, name: &str, style: Style) {
        if package != PackageId::UNIVERSE && style != Style::Message(package) {
            out.push_str(&self.package(package).name);
            out.push('.');
        }
        out.push_str(name);
    }

    fn write_args(&self, out: &mut String, args: &[TypeId], style: Style) {
        if !args.is_empty() {
            out.push('[');
            self.write_list(out, args, ",", style);
            out.push(']');
        }
    }

    fn write_alias(&self, out: &mut String, alias: &AliasName, style: Style) {
        self.write_qualified(out, alias.package, &alias.name, style);
        self.write_args(out, &alias.args, style);
    }

    fn write(&self, out: &mut String, id: TypeId, style: Style) {
        let typ = match style {
            Style::Runtime => self.get(id),
            Style::Message(_) => self.spelled(id),
        };
        let runtime = style == Style::Runtime;
        match &typ {
            Type::Basic(basic) => out.push_str(basic.name()),
            Type::Alias(alias, _) => self.write_alias(out, alias, style),
            Type::Named(declared, args) => {
                let (name, package, params, implicit) = {
                    let d = self.declared(*declared);
                    (d.name.clone(), d.package, d.type_params.clone(), d.implicit)
                };
                self.write_qualified(out, package, &name, style);
                let shown = if runtime { 0 } else { implicit };
                if args.len() > shown {
                    self.write_args(out, &args[shown..], style);
                } else if args.is_empty() && params.len() > shown {
                    out.push_str(&self.params_text(&params[shown..], style));
                }
            }
            Type::Pointer(to) => {
                out.push('*');
                self.write(out, *to, style);
            }
            Type::Slice(of) => {
                out.push_str("[]");
                self.write(out, *of, style);
            }
            Type::Array(of, length) => {
                out.push('[');
                out.push_str(&length.to_string());
                out.push(']');
                self.write(out, *of, style);
            }
            Type::Map(key, value) => {
                out.push_str("map[");
                self.write(out, *key, style);
                out.push(']');
                self.write(out, *value, style);
            }
            Type::Chan(dir, of) => self.write_chan(out, *dir, *of, style),
            Type::Struct(fields) => {
                out.push_str(if runtime { "struct {" } else { "struct{" });
                for (at, field) in fields.iter().enumerate() {
                    out.push_str(match (at, runtime) {
                        (0, false) => "",
                        (0, true) => " ",
                        _ => "; ",
                    });
                    if !field.embedded {
                        out.push_str(&field.name);
                        out.push(' ');
                    }
                    self.write(out, field.typ, style);
                    if !field.tag.is_empty() {
                        out.push(' ');
                        out.push_str(&super::constant::quote(field.tag.as_bytes()));
                    }
                }
                out.push_str(if runtime && !fields.is_empty() {
                    " }"
                } else {
                    "}"
                });
            }
            Type::Signature(signature) => {
                out.push_str("func");
                self.write_signature(out, signature, style);
            }
            Type::Interface(interface) => {
                if interface.implicit {
                    self.write_list(out, &interface.embedded, "; ", style);
                    return;
                }
                out.push_str(if runtime { "interface {" } else { "interface{" });
                let mut first = true;
                let mut separate = |out: &mut String| {
                    out.push_str(match (first, runtime) {
                        (true, false) => "",
                        (true, true) => " ",
                        _ => "; ",
                    });
                    first = false;
                };
                for method in interface.methods.iter() {
                    separate(out);
                    out.push_str(&method.name);
                    if let Type::Signature(signature) = self.get(method.signature) {
                        self.write_signature(out, &signature, style);
                    }
                }
                for &embedded in interface.embedded.iter() {
                    separate(out);
                    self.write(out, embedded, style);
                }
                out.push_str(if runtime && !first { " }" } else { "}" });
            }
            Type::Union(terms) => self.write_terms(out, terms, style),
            Type::Tuple(parts) => {
                out.push('(');
                self.write_list(out, parts, ", ", style);
                out.push(')');
            }
            Type::TypeParam(param) => out.push_str(&self.param(*param).name),
        }
    }

    fn write_terms(&self, out: &mut String, terms: &[Term], style: Style) {
        for (at, term) in terms.iter().enumerate() {
            if at > 0 {
                out.push_str(" | ");
            }
            if term.tilde {
                out.push('~');
            }
            self.write(out, term.typ, style);
        }
    }

    fn write_chan(&self, out: &mut String, dir: ChanDir, of: TypeId, style: Style) {
        out.push_str(match dir {
            ChanDir::Both => "chan ",
            ChanDir::Send => "chan<- ",
            ChanDir::Receive => "<-chan ",
        });
        // `chan <-chan int` would read as `chan<- chan int`.
        let brackets =
            dir == ChanDir::Both && matches!(self.spelled(of), Type::Chan(ChanDir::Receive, _));
        if brackets {
            out.push('(');
        }
        self.write(out, of, style);
        if brackets {
            out.push(')');
        }
    }

    /// `(x int) (string, error)`, without `func`.
    pub fn signature_text(&self, signature: &Signature, style: Style) -> String {
        let mut out = String::new();
        self.write_signature(&mut out, signature, style);
        out
    }

    fn write_signature(&self, out: &mut String, signature: &Signature, style: Style) {
        if !signature.type_params.is_empty() {
            out.push_str(&self.params_text(&signature.type_params, style));
        }
        let names: &[_] = match style {
            Style::Runtime => &[],
            Style::Message(_) => &signature.names,
        };
        let count = signature.params.len();
        out.push('(');
        for (at, &param) in signature.params.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            if let Some(name) = names.get(at).filter(|n| !n.is_empty()) {
                out.push_str(name);
                out.push(' ');
            }
            match self.get(param) {
                Type::Slice(of) if signature.variadic && at + 1 == count => {
                    out.push_str("...");
                    self.write(out, of, style);
                }
                _ => self.write(out, param, style),
            }
        }
        out.push(')');
        let named = names.get(count).is_some_and(|n| !n.is_empty());
        match &*signature.results {
            [] => {}
            [one] if !named => {
                out.push(' ');
                self.write(out, *one, style);
            }
            results => {
                out.push_str(" (");
                for (at, &result) in results.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    if let Some(name) = names.get(count + at).filter(|n| !n.is_empty()) {
                        out.push_str(name);
                        out.push(' ');
                    }
                    self.write(out, result, style);
                }
                out.push(')');
            }
        }
    }
}

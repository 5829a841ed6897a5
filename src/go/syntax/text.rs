//! Expressions as messages print them: one line, bodies and literal contents cut to `…`.

use crate::go::syntax::ast::*;

/// The expression as text.
pub fn expr_text(expr: &Expr) -> String {
    let mut out = String::new();
    write(&mut out, expr);
    out
}

fn write_list(out: &mut String, list: &[Expr]) {
    for (at, expr) in list.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write(out, expr);
    }
}

fn write_params(out: &mut String, params: &[Param]) {
    out.push('(');
    for (at, param) in params.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        if let Some(name) = &param.name {
            out.push_str(&name.name);
            // `a, b int` is written as it stands in the source.
            if params
                .get(at + 1)
                .is_some_and(|next| std::rc::Rc::ptr_eq(&next.ty, &param.ty))
            {
                continue;
            }
            out.push(' ');
        }
        if param.variadic {
            out.push_str("...");
        }
        write(out, &param.ty);
    }
    out.push(')');
}

fn write_signature(out: &mut String, sig: &Signature) {
    write_params(out, &sig.params);
    match &sig.results[..] {
        [] => {}
        [one] if one.name.is_none() => {
            out.push(' ');
            write(out, &one.ty);
        }
        results => {
            out.push(' ');
            write_params(out, results);
        }
    }
}

fn write_body(out: &mut String, empty: bool) {
    out.push_str(if empty { "{}" } else { "{…}" });
}

fn write(out: &mut String, expr: &Expr) {
    match &expr.kind {
        ExprKind::Bad => out.push('_'),
        ExprKind::Name(name) => out.push_str(&name.name),
        ExprKind::Literal(literal) => out.push_str(&literal.text),
        ExprKind::Composite(composite) => {
            if let Some(ty) = &composite.ty {
                write(out, ty);
            }
            write_body(out, composite.elements.is_empty());
        }
        ExprKind::Func(func) => {
            out.push_str("func");
            write_signature(out, &func.sig);
            out.push(' ');
            write_body(out, func.body.stmts.is_empty());
        }
        ExprKind::Paren(inner) => {
            out.push('(');
            write(out, inner);
            out.push(')');
        }
        ExprKind::Selector(base, name) => {
            write(out, base);
            out.push('.');
            out.push_str(&name.name);
        }
        ExprKind::Index(base, indices) => {
            write(out, base);
            out.push('[');
            write_list(out, indices);
            out.push(']');
        }
        ExprKind::Slice(slice) => {
            write(out, &slice.base);
            out.push('[');
            if let Some(low) = &slice.low {
                write(out, low);
            }
            out.push(':');
            if let Some(high) = &slice.high {
                write(out, high);
            }
            if let Some(max) = &slice.max {
                out.push(':');
                write(out, max);
            }
            out.push(']');
        }
        ExprKind::TypeAssert(base, ty) => {
            write(out, base);
            out.push_str(".(");
            match ty.kind {
                // The parser has left `x.(type)` where it does not belong.
                ExprKind::Bad => out.push_str("type"),
                _ => write(out, ty),
            }
            out.push(')');
        }
        ExprKind::Call(call) => {
            write(out, &call.func);
            out.push('(');
            write_list(out, &call.args);
            out.push_str(if call.spread.is_some() { "...)" } else { ")" });
        }
        ExprKind::Star(inner) => {
            out.push('*');
            write(out, inner);
        }
        ExprKind::Unary(op, inner) => {
            out.push_str(op.text());
            write(out, inner);
        }
        ExprKind::Binary(op, left, right) => {
            write(out, left);
            out.push(' ');
            out.push_str(op.text());
            out.push(' ');
            write(out, right);
        }
        ExprKind::ArrayType(length, elem) => {
            out.push('[');
            match length {
                Some(length) => write(out, length),
                None => out.push_str("..."),
            }
            out.push(']');
            write(out, elem);
        }
        ExprKind::SliceType(elem) => {
            out.push_str("[]");
            write(out, elem);
        }
        ExprKind::MapType(key, value) => {
            out.push_str("map[");
            write(out, key);
            out.push(']');
            write(out, value);
        }
        ExprKind::ChanType(dir, elem) => {
            out.push_str(match dir {
                ChanDir::Both => "chan ",
                ChanDir::Send => "chan<- ",
                ChanDir::Receive => "<-chan ",
            });
            write(out, elem);
        }
        ExprKind::FuncType(sig) => {
            out.push_str("func");
            write_signature(out, sig);
        }
        ExprKind::StructType(fields) => {
            out.push_str("struct{");
            for (at, field) in fields.iter().enumerate() {
                out.push_str(if at > 0 { "; " } else { "" });
                for (at, name) in field.names.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    out.push_str(&name.name);
                }
                if !field.names.is_empty() {
                    out.push(' ');
                }
                write(out, &field.ty);
            }
            out.push('}');
        }
        ExprKind::InterfaceType(elems) => {
            out.push_str("interface");
            write_body(out, elems.is_empty());
        }
    }
}

//! Calls: to declared functions, methods, closures, interfaces and natives; also `go` and `defer`.
//!
//! The window of a call is taken at the top of the frame, and operands are evaluated straight into
//! it. Order: the function value or receiver first, then the arguments from left to right.

use super::bytecode::{FunctionIndex, Instruction, MethodIndex, Reg};
use super::emit::after;
use super::function::FunctionCompiler;
use super::place::Place;
use super::program::NativeUse;
use super::unit::Callee;
use crate::go::syntax::ast::{Call, Expr, ExprKind};
use crate::go::types::info::{Mode, PathStep, Selection, SelectionKind};
use crate::go::types::object::ObjKind;
use crate::go::types::{Lookup, ObjId, PackageId, Signature, Target, Type, TypeId};
use crate::trace::Span;
use std::rc::Rc;

/// What a call does with its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    Call,
    Go,
    Defer,
}

/// A method found on a type.
#[derive(Clone, Debug)]
pub struct FoundMethod {
    pub path: Vec<PathStep>,
    pub kind: MethodKind,
}

#[derive(Clone, Debug)]
pub enum MethodKind {
    /// A declared method, with the type that declares it.
    Declared {
        object: ObjId,
        args: Rc<[TypeId]>,
        on: TypeId,
        pointer: bool,
    },
    /// A method of an interface.
    Interface { method: MethodIndex },
}

/// Whom a call calls; operands evaluated.
enum CallTarget<'a> {
    Function(Callee),
    Closure(Reg),
    /// The receiver is to be evaluated into its place in the window.
    Method {
        base: &'a Expr,
        receiver: TypeId,
        path: Vec<PathStep>,
        object: ObjId,
        args: Rc<[TypeId]>,
        on: TypeId,
        pointer: bool,
    },
    Interface {
        interface: Reg,
        method: MethodIndex,
    },
}

impl<'a> FunctionCompiler<'_, 'a> {
    /// Finds a method by name, as the current package sees it.
    pub fn find_method(
        &mut self,
        receiver: TypeId,
        name: &str,
        package: PackageId,
    ) -> Option<FoundMethod> {
        let Lookup::Found(found) = self.unit.types.lookup(receiver, package, name) else {
            return None;
        };
        let kind = match found.target {
            Target::Method { on, method } => MethodKind::Declared {
                object: method.object,
                args: self.unit.type_arguments(on),
                on,
                pointer: method.pointer,
            },
            Target::Interface { method, .. } => MethodKind::Interface {
                method: self
                    .unit
                    .method_name(&method.name, method.package, method.signature),
            },
            Target::Field(_) => return None,
        };
        Some(FoundMethod {
            path: found.path,
            kind,
        })
    }

    // ---- receivers -----------------------------------------------------------------------

    /// Loads a receiver that stands at a place of type `ty` (value or pointer to it) as the method
    /// wants it.
    pub fn load_receiver(
        &mut self,
        place: Place,
        ty: TypeId,
        on: TypeId,
        pointer: bool,
        dst: Option<Reg>,
    ) -> Reg {
        let is_pointer =
            matches!(self.under(ty), Type::Pointer(_)) && !self.unit.types.identical(ty, on);
        let words = self.words(on);
        match (pointer, is_pointer) {
            (true, true) => self.load(place, 1, dst),
            (true, false) => self.address(place, dst),
            (false, false) => self.load(place, words, dst),
            (false, true) => {
                let mark = self.e.mark();
                let dst = dst.unwrap_or_else(|| self.e.take(words));
                let target = self.load(place, 1, None);
                self.load_memory(dst, target, 0, words);
                self.e.release(mark.max(u32::from(dst) + words));
                dst
            }
        }
    }

    /// The place of the value that a method is declared on, with its type.
    fn receiver_place(
        &mut self,
        base: &'a Expr,
        receiver: TypeId,
        path: &[PathStep],
    ) -> (Place, TypeId) {
        if path.is_empty() {
            return (self.place(base), receiver);
        }
        self.path_place(base, receiver, path)
    }

    /// Evaluates the receiver of a method value: the type it is bound as, and its registers.
    pub fn bound_receiver(
        &mut self,
        base: &'a Expr,
        receiver: TypeId,
        name: &str,
        package: PackageId,
    ) -> (TypeId, Reg) {
        let Some(found) = self.find_method(receiver, name, package) else {
            return (receiver, self.e.take(1));
        };
        let (place, ty) = self.receiver_place(base, receiver, &found.path);
        match found.kind {
            MethodKind::Interface { .. } => (ty, self.load(place, 2, None)),
            MethodKind::Declared { on, pointer, .. } => {
                let register = self.load_receiver(place, ty, on, pointer, None);
                (
                    if pointer {
                        self.unit.types.pointer(on)
                    } else {
                        on
                    },
                    register,
                )
            }
        }
    }

    // ---- the call expression -------------------------------------------------------------

    /// Evaluates a call; of several results, the registers of all.
    pub fn call_expr(&mut self, expr: &'a Expr, call: &'a Call, dst: Option<Reg>) -> Reg {
        let info = self.unit.info;
        match info.of(call.func.unparen().id).mode {
            Mode::Type => {
                let to = self.type_of(&call.func);
                return match call.args.first() {
                    Some(arg) => self.conversion(arg, to, dst),
                    None => self.e.take(1),
                };
            }
            Mode::Builtin(builtin) => return self.builtin(builtin, expr, call, dst),
            _ => {}
        }
        self.bound_name = None;
        let (window, words) = self.call(call, CallKind::Call);
        match dst {
            Some(dst) => {
                self.e.move_words(dst, window, words);
                dst
            }
            // A closure or interface evaluated below the window makes way for the results.
            None => {
                let dst = self.e.take(words);
                self.e.move_words(dst, window, words);
                dst
            }
        }
    }

    /// Emits a call; returns its window and how many words of results stand there. The window is
    /// released: copy the results at once to keep them.
    pub fn call(&mut self, call: &'a Call, kind: CallKind) -> (Reg, u32) {
        let mark = self.e.mark();
        let signature = match self.under(self.type_of(&call.func)) {
            Type::Signature(signature) => signature,
            _ => return (self.e.mark() as Reg, 0),
        };
        let target = self.call_target(call.func.unparen());
        let result_words: u32 = signature.results.iter().map(|&ty| self.words(ty)).sum();
        let param_words: u32 = signature.params.iter().map(|&ty| self.words(ty)).sum();
        let receiver_words = match &target {
            CallTarget::Method { pointer: true, .. } => 1,
            CallTarget::Method { on, .. } => self.words(*on),
            _ => 0,
        };
        let window = self.e.take(result_words + param_words + receiver_words);
        let params = after(window, result_words);
        let mut subject = None;
        if let CallTarget::Method {
            base,
            receiver,
            path,
            on,
            pointer,
            ..
        } = &target
        {
            let scratch = self.e.mark();
            let (place, ty) = self.receiver_place(base, *receiver, path);
            self.load_receiver(place, ty, *on, *pointer, Some(after(params, param_words)));
            self.e.release(scratch);
            subject = Some(base.span);
        }
        self.arguments(&signature, call, params);
        let words = CallWords {
            result_words,
            param_words,
            receiver_words,
        };
        self.emit_call(kind, target, window, words, subject);
        self.e.release(mark);
        (window, result_words)
    }

    fn call_target(&mut self, func: &'a Expr) -> CallTarget<'a> {
        let info = self.unit.info;
        let name = match &func.kind {
            ExprKind::Name(name) => Some(name),
            ExprKind::Selector(base, name) => match info.selections.get(&func.id) {
                Some(selection) => {
                    if let Some(target) = self.method_target(base, selection, &name.name) {
                        return target;
                    }
                    None
                }
                None => Some(name),
            },
            ExprKind::Index(base, _) => match &base.unparen().kind {
                ExprKind::Name(name) | ExprKind::Selector(_, name)
                    if info.instances.contains_key(&name.id) =>
                {
                    Some(name)
                }
                _ => None,
            },
            _ => None,
        };
        if let Some(callee) = name.and_then(|name| self.declared_function(name.id)) {
            return CallTarget::Function(callee);
        }
        CallTarget::Closure(self.expr(func, None))
    }

    fn method_target(
        &mut self,
        base: &'a Expr,
        selection: &'a Selection,
        name: &str,
    ) -> Option<CallTarget<'a>> {
        if matches!(
            selection.kind,
            SelectionKind::Field | SelectionKind::MethodExpr
        ) {
            return None;
        }
        let receiver = self.resolve(selection.receiver);
        let package = self.package;
        let found = self.find_method(receiver, name, package)?;
        Some(match found.kind {
            MethodKind::Declared {
                object,
                args,
                on,
                pointer,
            } => CallTarget::Method {
                base,
                receiver,
                path: found.path,
                object,
                args,
                on,
                pointer,
            },
            MethodKind::Interface { method } => {
                let (place, _) = self.receiver_place(base, receiver, &found.path);
                let interface = self.load(place, 2, None);
                CallTarget::Interface { interface, method }
            }
        })
    }

    /// Evaluates the arguments into the window.
    fn arguments(&mut self, signature: &Signature, call: &'a Call, first: Reg) {
        let params = signature.params.clone();
        let spread = call.spread.is_some();
        if let [only] = &call.args[..]
            && let Type::Tuple(parts) = self.unit.types.get(self.type_of(only))
        {
            let mark = self.e.mark();
            let at = self.expr(only, None);
            self.distribute(&params, signature.variadic, at, &parts, first);
            self.e.release(mark);
            return;
        }
        let fixed = params.len() - usize::from(signature.variadic && !spread);
        let mut at = first;
        for (index, &param) in params.iter().enumerate() {
            let mark = self.e.mark();
            if index < fixed {
                if let Some(arg) = call.args.get(index) {
                    self.expr_as(arg, param, Some(at));
                }
            } else if let Type::Slice(element) = self.under(param) {
                self.variadic(element, call.args.get(fixed..).unwrap_or(&[]), at);
            }
            self.e.release(mark);
            at = after(at, self.words(param));
        }
    }

    /// The slice of the arguments that a variadic parameter takes.
    fn variadic(&mut self, element: TypeId, args: &'a [Expr], dst: Reg) {
        if args.is_empty() {
            self.e.zero(dst, 3);
            return;
        }
        let words = self.words(element);
        self.new_array(element, args.len(), dst);
        for (index, arg) in args.iter().enumerate() {
            let mark = self.e.mark();
            let value = self.expr_as(arg, element, None);
            let value = self.own_natives(value, element, mark);
            self.store_memory(dst, index as u32 * words, value, words);
            self.e.release(mark);
        }
    }

    /// `dst.. = ` a slice over a new array of `length` elements.
    pub fn new_array(&mut self, element: TypeId, length: usize, dst: Reg) {
        let array = self.unit.types.intern(Type::Array(element, length as i64));
        self.new_cell(dst, array);
        self.load_int(dst + 1, length as i64);
        self.load_int(dst + 2, length as i64);
    }

    /// Passes the results of one call as the arguments of another.
    pub fn distribute(
        &mut self,
        params: &[TypeId],
        variadic: bool,
        mut at: Reg,
        parts: &[TypeId],
        first: Reg,
    ) {
        let fixed = params.len() - usize::from(variadic);
        let mut to = first;
        for (&part, &param) in parts.iter().zip(&params[..fixed]) {
            self.convert_for(at, part, param, Some(to));
            at = after(at, self.words(part));
            to = after(to, self.words(param));
        }
        if !variadic {
            return;
        }
        let Type::Slice(element) = self.under(params[fixed]) else {
            return;
        };
        let rest = parts.get(fixed..).unwrap_or(&[]);
        if rest.is_empty() {
            self.e.zero(to, 3);
            return;
        }
        let words = self.words(element);
        self.new_array(element, rest.len(), to);
        for (index, &part) in rest.iter().enumerate() {
            let mark = self.e.mark();
            let value = self.convert_for(at, part, element, None);
            self.store_memory(to, index as u32 * words, value, words);
            self.e.release(mark);
            at = after(at, self.words(part));
        }
    }

    fn emit_call(
        &mut self,
        kind: CallKind,
        target: CallTarget<'a>,
        window: Reg,
        words: CallWords,
        subject: Option<Span>,
    ) {
        match target {
            CallTarget::Function(callee) => self.emit_static(kind, callee, window, words, subject),
            CallTarget::Method { object, args, .. } => {
                self.emit_static(kind, Callee::Declared(object, args), window, words, subject);
            }
            CallTarget::Closure(closure) => {
                self.defer_target(kind);
                self.e.emit(match kind {
                    CallKind::Call => Instruction::CallClosure { window, closure },
                    CallKind::Go => Instruction::GoClosure { window, closure },
                    CallKind::Defer => Instruction::DeferClosure { window, closure },
                });
            }
            CallTarget::Interface { interface, method } => {
                self.defer_target(kind);
                self.e.emit(match kind {
                    CallKind::Call => Instruction::CallInterface {
                        window,
                        interface,
                        method,
                    },
                    CallKind::Go => Instruction::GoInterface {
                        window,
                        interface,
                        method,
                    },
                    CallKind::Defer => Instruction::DeferInterface {
                        window,
                        interface,
                        method,
                    },
                });
            }
        }
    }

    fn emit_static(
        &mut self,
        kind: CallKind,
        callee: Callee,
        window: Reg,
        words: CallWords,
        subject: Option<Span>,
    ) {
        if kind == CallKind::Call
            && let Callee::Declared(object, args) = &callee
            && matches!(
                self.unit.info.object(*object).kind,
                ObjKind::Func { native: true, .. }
            )
        {
            self.emit_native(*object, args, window, words, subject);
            return;
        }
        let function = self.unit.function(callee);
        self.emit_function(kind, function, window, subject);
    }

    /// Emits a call, `go` or `defer` of a function.
    pub fn emit_function(
        &mut self,
        kind: CallKind,
        function: FunctionIndex,
        window: Reg,
        subject: Option<Span>,
    ) {
        self.defer_target(kind);
        if let Some(span) = subject {
            self.e.subject(span);
        }
        self.e.emit(match kind {
            CallKind::Call => Instruction::Call { window, function },
            CallKind::Go => Instruction::Go { window, function },
            CallKind::Defer => Instruction::Defer { window, function },
        });
    }

    /// Calls a native function directly.
    pub fn emit_native(
        &mut self,
        object: ObjId,
        args: &Rc<[TypeId]>,
        window: Reg,
        words: CallWords,
        subject: Option<Span>,
    ) {
        let name = self.unit.native_name(self.unit.info.object(object));
        let type_arguments = args.iter().map(|&arg| self.type_index(arg)).collect();
        let native = self.unit.native(NativeUse {
            name,
            type_arguments,
            result_words: words.result_words as u16,
            parameter_words: (words.param_words + words.receiver_words) as u16,
            receiver_words: words.receiver_words as u16,
        });
        if let Some(span) = subject {
            self.e.subject(span);
        }
        self.e.emit(Instruction::CallNative { window, native });
    }

    /// In the body of a range over a function, defers belong to the function around it.
    pub fn defer_target(&mut self, kind: CallKind) {
        if kind == CallKind::Defer
            && let Some(token) = self.range_body.as_ref().map(|body| body.token)
        {
            self.e.emit(Instruction::DeferTarget { token });
        }
    }
}

/// The widths of a call's window.
#[derive(Clone, Copy, Debug)]
pub struct CallWords {
    pub result_words: u32,
    pub param_words: u32,
    pub receiver_words: u32,
}

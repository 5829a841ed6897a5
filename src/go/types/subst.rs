//! Putting type arguments in for type parameters.

use super::table::{Type, TypeId, TypeParamId, Types};

impl Types {
    /// The type with every one of `params` replaced by the argument at its place. Cost: the size of
    /// the type as written; defined types are not opened.
    pub fn substitute(&self, id: TypeId, params: &[TypeParamId], args: &[TypeId]) -> TypeId {
        if params.is_empty() || args.is_empty() {
            return id;
        }
        let typ = self.spelled(id);
        match &typ {
            Type::Basic(_) => id,
            Type::TypeParam(param) => match params.iter().position(|p| p == param) {
                Some(at) => args.get(at).copied().unwrap_or(id),
                None => id,
            },
            // An alias for a type parameter (a receiver's name for it) vanishes with it.
            Type::Alias(name, target) => {
                let new = self.substitute(*target, params, args);
                if new == *target {
                    id
                } else if name.args.is_empty() {
                    new
                } else {
                    let typ = self.map_parts(&typ, &mut |t| self.substitute(t, params, args));
                    self.intern(typ)
                }
            }
            _ => {
                let mut changed = false;
                let new = self.map_parts(&typ, &mut |t| {
                    let s = self.substitute(t, params, args);
                    changed |= s != t;
                    s
                });
                if changed { self.intern(new) } else { id }
            }
        }
    }

    /// True if the type mentions any type parameter.
    pub fn is_parameterized(&self, id: TypeId) -> bool {
        match self.get(id) {
            Type::TypeParam(_) => true,
            Type::Basic(_) => false,
            other => {
                let mut found = false;
                self.map_parts(&other, &mut |t| {
                    found = found || self.is_parameterized(t);
                    t
                });
                found
            }
        }
    }
}

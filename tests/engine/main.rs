//! The engine on small generated programs of asynchronous goroutines: the laws of DESIGN, and the
//! explorer held against brute force.

mod brute;
mod generate;
mod laws;
mod table;

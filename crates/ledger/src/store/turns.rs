//! Turns at a thing that one thread at a time can use, such as the one connection that writes.
//!
//! Whoever finds it free uses it at once, and no other thread is woken. What arrives while it is used waits, and is then done
//! together by a thread kept for that, for as long as anything waits: so there is no hand-over between callers while many of
//! them write, and none of them works for the others.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, Thread};

/// What is done with a group: as many answers, in the same order.
type Work<J, A> = Box<dyn FnMut(Vec<J>) -> Vec<A> + Send>;

/// The largest size of each group, asked once for each.
type SizeMax = Box<dyn FnMut() -> usize + Send>;

/// Jobs of type `J` from many threads, done in groups by one thread at a time, and an answer of type `A` to each.
pub struct Turns<J, A> {
    shared: Arc<Shared<J, A>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared<J, A> {
    queue: Mutex<Queue<J, A>>,
    called: Condvar,
    /// Locked by whoever has the turn, and by nobody else.
    at_work: Mutex<AtWork<J, A>>,
}

struct AtWork<J, A> {
    work: Work<J, A>,
    size_max: SizeMax,
    /// How many groups there were of each size.
    sizes: Vec<u64>,
}

struct Queue<J, A> {
    waiting: VecDeque<(J, Promise<A>)>,
    turn: Turn,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Nobody is at work, and nothing waits.
    Free,
    /// Somebody who called is.
    Caller,
    /// The thread kept for it is, or is called.
    Thread,
    /// Nobody is or will be: it is over, or somebody panicked at work.
    Over,
}

/// The answer that somebody waits for; one that is dropped without an answer says that there is none.
struct Promise<A> {
    slot: Arc<Mutex<Slot<A>>>,
    waiting: Thread,
}

enum Slot<A> {
    Open,
    Told(A),
    Never,
}

impl<J: Send + 'static, A: Send + 'static> Turns<J, A> {
    /// Begins: `work` does a group of jobs, of at most as many as `size_max` says each time.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn begin(
        name: &str,
        size_max: impl FnMut() -> usize + Send + 'static,
        work: impl FnMut(Vec<J>) -> Vec<A> + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            queue: Mutex::new(Queue { waiting: VecDeque::new(), turn: Turn::Free }),
            called: Condvar::new(),
            at_work: Mutex::new(AtWork { work: Box::new(work), size_max: Box::new(size_max), sizes: Vec::new() }),
        });
        let of_thread = Arc::clone(&shared);
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || of_thread.serve())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Does a job, alone or together with others, and waits until it is done; nothing when nobody is left to do it.
    pub fn ask(&self, job: J) -> Option<A> {
        let mut queue = self.shared.queue();
        match queue.turn {
            Turn::Over => None,
            Turn::Free => {
                queue.turn = Turn::Caller;
                drop(queue);
                let turn = InTurn { shared: &self.shared, of: Turn::Caller, ended: false };
                let answer = self.shared.at_work.lock().ok()?.group(vec![job]).pop();
                turn.end();
                answer
            }
            Turn::Caller | Turn::Thread => {
                let slot = Arc::new(Mutex::new(Slot::Open));
                queue.waiting.push_back((job, Promise { slot: Arc::clone(&slot), waiting: thread::current() }));
                drop(queue);
                wait(&slot)
            }
        }
    }

    /// How many groups there were of each size: the first number counts those of one, the second those of two.
    pub fn sizes(&self) -> Vec<u64> {
        self.shared.at_work.lock().map_or_else(|_| Vec::new(), |at_work| at_work.sizes.clone())
    }
}

impl<J, A> Drop for Turns<J, A> {
    /// Nobody waits any longer: whoever asked had to hold this.
    fn drop(&mut self) {
        self.shared.queue().turn = Turn::Over;
        self.shared.called.notify_all();
        if let Some(thread) = self.thread.take() {
            // One that panicked has said so on its own; there is nothing left to finish.
            let _ = thread.join();
        }
    }
}

impl<J, A> Shared<J, A> {
    fn queue(&self) -> MutexGuard<'_, Queue<J, A>> {
        // Nothing that can panic is done while it is locked.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self) {
        loop {
            let mut queue = self.queue();
            while matches!(queue.turn, Turn::Free | Turn::Caller) {
                queue = self.called.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
            let over = queue.turn == Turn::Over;
            drop(queue);
            if over {
                return;
            }
            let turn = InTurn { shared: self, of: Turn::Thread, ended: false };
            while self.serve_group() {}
            turn.end();
        }
    }

    /// Does what waits now, or as much of it as goes into a group; `false` when there is no more to do.
    fn serve_group(&self) -> bool {
        let mut at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let size_max = (at_work.size_max)().max(1);
        let mut queue = self.queue();
        let size = queue.waiting.len().min(size_max);
        let (jobs, promises): (Vec<J>, Vec<Promise<A>>) = queue.waiting.drain(..size).unzip();
        if jobs.is_empty() {
            // Here, while the queue is locked, so that nobody begins to wait in between. Over stays over.
            if queue.turn == Turn::Thread {
                queue.turn = Turn::Free;
            }
            return false;
        }
        drop(queue);
        let answers = at_work.group(jobs);
        promises.into_iter().zip(answers).for_each(|(promise, answer)| promise.tell(answer));
        true
    }
}

impl<J, A> AtWork<J, A> {
    fn group(&mut self, jobs: Vec<J>) -> Vec<A> {
        let size = jobs.len();
        if self.sizes.len() < size {
            self.sizes.resize(size, 0);
        }
        self.sizes[size - 1] += 1;
        (self.work)(jobs)
    }
}

/// Somebody's turn. Afterwards the thread goes on with what waits; one that is not ended was left by a panic: then nobody goes
/// on, and whoever waits is told.
struct InTurn<'a, J, A> {
    shared: &'a Shared<J, A>,
    of: Turn,
    ended: bool,
}

impl<J, A> InTurn<'_, J, A> {
    fn end(mut self) {
        self.ended = true;
    }
}

impl<J, A> Drop for InTurn<'_, J, A> {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        if !self.ended {
            queue.turn = Turn::Over;
            queue.waiting.clear();
        } else if self.of == Turn::Caller {
            queue.turn = if queue.waiting.is_empty() { Turn::Free } else { Turn::Thread };
        } else {
            // The thread gave its turn back where it saw that nothing waits; whose it is now is not for it to say.
            return;
        }
        let call = queue.turn != Turn::Free;
        drop(queue);
        if call {
            self.shared.called.notify_one();
        }
    }
}

impl<A> Promise<A> {
    fn tell(self, answer: A) {
        *slot(&self.slot) = Slot::Told(answer);
    }
}

impl<A> Drop for Promise<A> {
    fn drop(&mut self) {
        let mut slot = slot(&self.slot);
        if matches!(*slot, Slot::Open) {
            *slot = Slot::Never;
        }
        drop(slot);
        self.waiting.unpark();
    }
}

fn slot<A>(slot: &Mutex<Slot<A>>) -> MutexGuard<'_, Slot<A>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wait<A>(told: &Mutex<Slot<A>>) -> Option<A> {
    loop {
        // Unlocked before it waits: whoever tells has to lock it.
        let found = std::mem::replace(&mut *slot(told), Slot::Open);
        match found {
            Slot::Told(answer) => return Some(answer),
            Slot::Never => return None,
            Slot::Open => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Barrier, OnceLock};

    use super::*;

    fn doubling() -> Turns<u64, u64> {
        Turns::begin("doubling", || 256, |jobs| jobs.into_iter().map(|job| job * 2).collect()).unwrap()
    }

    #[test]
    fn everybody_gets_the_answer_to_their_own_question() {
        let turns = doubling();
        thread::scope(|scope| {
            for caller in 0..16 {
                let turns = &turns;
                scope.spawn(move || {
                    for at in 0..2_000 {
                        let job = caller * 10_000 + at;
                        assert_eq!(turns.ask(job), Some(job * 2));
                    }
                });
            }
        });
        let done: u64 = turns.sizes().iter().zip(1..).map(|(groups, size)| groups * size).sum();
        assert_eq!(done, 32_000);
    }

    #[test]
    fn one_is_at_work_at_a_time_and_no_group_is_larger_than_it_may_be() {
        let (at_work, largest) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (inside, size) = (Arc::clone(&at_work), Arc::clone(&largest));
        let work = move |jobs: Vec<()>| {
            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
            size.fetch_max(jobs.len(), Ordering::SeqCst);
            thread::yield_now();
            inside.fetch_sub(1, Ordering::SeqCst);
            jobs
        };
        let turns = Turns::begin("one", || 3, work).unwrap();
        thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| (0..500).for_each(|_| assert_eq!(turns.ask(()), Some(()))));
            }
        });
        assert!((2..=3).contains(&largest.load(Ordering::SeqCst)), "{largest:?}");
    }

    #[test]
    fn a_panic_at_work_is_told_to_everybody_who_waits_and_to_whoever_comes_later() {
        let begun = Arc::new(Barrier::new(2));
        let inside = Arc::clone(&begun);
        let turns = Turns::begin(
            "panics",
            || 2,
            move |jobs: Vec<bool>| {
                if jobs == [true] {
                    inside.wait();
                    return jobs;
                }
                panic!("as it should")
            },
        );
        let turns = turns.unwrap();
        thread::scope(|scope| {
            let first = scope.spawn(|| turns.ask(true));
            while turns.shared.queue().turn == Turn::Free {
                thread::yield_now();
            }
            let waiting: Vec<_> = (0..5).map(|_| scope.spawn(|| turns.ask(false))).collect();
            while turns.shared.queue().waiting.len() < 5 {
                thread::yield_now();
            }
            begun.wait();
            assert_eq!(first.join().unwrap(), Some(true));
            for one in waiting {
                assert_eq!(one.join().unwrap(), None);
            }
        });
        assert_eq!(turns.ask(true), None);
    }

    #[test]
    fn it_ends_also_while_the_thread_has_told_the_last_answer_and_not_seen_that_nothing_waits() {
        let (begun, seen) = (Arc::new(Barrier::new(2)), Arc::new(OnceLock::<Arc<Shared<bool, bool>>>::new()));
        let (inside, looking, mut asked) = (Arc::clone(&begun), Arc::clone(&seen), 0);
        let size_max = move || {
            asked += 1;
            while asked == 2 && looking.get().is_some_and(|shared| shared.queue().turn != Turn::Over) {
                thread::yield_now();
            }
            256
        };
        let work = move |jobs: Vec<bool>| {
            if jobs == [true] {
                inside.wait();
            }
            jobs
        };
        let turns = Turns::begin("ends", size_max, work).unwrap();
        let _ = seen.set(Arc::clone(&turns.shared));
        thread::scope(|scope| {
            scope.spawn(|| turns.ask(true));
            while turns.shared.queue().turn == Turn::Free {
                thread::yield_now();
            }
            scope.spawn(|| turns.ask(false));
            while turns.shared.queue().waiting.is_empty() {
                thread::yield_now();
            }
            begun.wait();
        });
        // Waits for the thread, for ever where that has missed the end.
        drop(turns);
    }

    #[test]
    fn a_panic_of_a_caller_at_work_is_told_too() {
        let turns = Turns::begin("panics", || 2, |_: Vec<()>| -> Vec<()> { panic!("as it should") }).unwrap();
        thread::scope(|scope| assert!(scope.spawn(|| turns.ask(())).join().is_err()));
        assert_eq!(turns.ask(()), None);
    }
}

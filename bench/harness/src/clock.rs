//! CPU time of this thread: a busy machine makes the wall clock lie, the CPU clock hardly.

use cpu_time::ThreadTime;

/// Median CPU milliseconds of one call, after calls that warm the caches.
pub(crate) fn median_cpu_ms<T>(repeats: usize, mut call: impl FnMut() -> T) -> f64 {
    for _ in 0..repeats / 10 + 1 {
        std::hint::black_box(call());
    }
    let mut times: Vec<f64> = (0..repeats)
        .map(|_| {
            let start = ThreadTime::now();
            std::hint::black_box(call());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// CPU milliseconds of one call, made once: what the first use in a process costs.
pub(crate) fn first_cpu_ms<T>(call: impl FnOnce() -> T) -> f64 {
    let start = ThreadTime::now();
    std::hint::black_box(call());
    start.elapsed().as_secs_f64() * 1e3
}

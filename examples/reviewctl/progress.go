package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A progress shows on a terminal how far a run over many projects is.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress returns a progress of what is done in so many steps. It shows
// nothing where one step is all, or nobody watches: a file or a pipe would fill
// with it.
func newProgress(w io.Writer, what string, steps int) progress {
	f, ok := w.(*os.File)
	if !ok || steps < 2 || !term.IsTerminal(int(f.Fd())) {
		return progress{}
	}
	return drawProgress(w, what, steps)
}

// drawProgress returns a progress that is shown.
func drawProgress(w io.Writer, what string, steps int) progress {
	const columns = 30
	return progress{progressbar.NewOptions(steps,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(columns),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false),
		// The summary says what was done; the bar would stand in its way.
		progressbar.OptionClearOnFinish(),
	)}
}

// step counts a step that is done. A bar that cannot be drawn is no reason to
// stop.
func (p progress) step() {
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

// clear removes the bar, so that a line can be written; the next step draws it
// again.
func (p progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

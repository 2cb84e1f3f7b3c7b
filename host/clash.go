package host

import (
	"context"
	"slices"
	"strings"

	"switchboard/host/catalog"
	"switchboard/host/config"
)

// openClash is a question of collision that waits for the person.
type openClash struct {
	withdraw context.CancelFunc
	servers  string // who is in it: another candidate makes it another question
}

// choicesOf takes the choices that the configuration made.
func choicesOf(c config.Collisions) catalog.Choices {
	choices := catalog.Choices{
		Default: catalog.Choice(c.Default), Order: c.Order,
		Tools: map[string]catalog.Choice{}, Servers: map[string]catalog.Choice{},
		Aliases: map[catalog.ID]string{}, Hidden: map[catalog.ID]bool{},
	}
	for name, choice := range c.Tools {
		choices.Tools[name] = catalog.Choice(choice)
	}
	for name, choice := range c.Servers {
		choices.Servers[name] = catalog.Choice(choice)
	}
	for tool, alias := range c.Aliases {
		if id, err := catalog.ParseID(tool); err == nil {
			choices.Aliases[id] = alias
		}
	}
	for _, tool := range c.Hide {
		if id, err := catalog.ParseID(tool); err == nil {
			choices.Hidden[id] = true
		}
	}
	return choices
}

// askClashes asks about every name that waits for a choice and is not asked about
// yet, and withdraws what is no longer a question.
func (l *loop) askClashes(ctx context.Context, b *board) {
	if l.h.opt.Unattended {
		return // a call asks, if one comes
	}
	open := map[string]bool{}
	for _, c := range b.catalog.Clashes() {
		if !c.Open() {
			continue
		}
		open[c.Name] = true
		l.askClash(ctx, b, c)
	}
	for name, q := range l.questions {
		if !open[name] {
			q.withdraw()
			delete(l.questions, name)
		}
	}
}

// askClash puts one question, in place of an older one with fewer candidates.
func (l *loop) askClash(ctx context.Context, b *board, c catalog.Clash) {
	servers := whose(c.Tools)
	if q, asked := l.questions[c.Name]; asked {
		if q.servers == servers {
			return
		}
		q.withdraw()
	}
	question := Collision{Name: c.Name, Candidates: candidates(b, c.Tools)}
	ctx, withdraw := context.WithCancel(ctx)
	l.questions[c.Name] = openClash{withdraw, servers}
	l.clashes.Go("the question about "+c.Name, func() {
		defer withdraw()
		if a, err := l.h.desk.Ask(ctx, question); err == nil {
			l.h.mail.put(settled{c.Name, chosen(a)})
		}
	})
}

// chosen translates the person's answer for the catalogue.
func chosen(a Answer) catalog.Choice {
	switch a := a.(type) {
	case Choose:
		return catalog.Server(a.Server)
	case AskEachCall:
		return catalog.AskEachCall
	}
	return catalog.Namespace
}

// whose names the servers in a clash.
func whose(tools []catalog.Tool) string {
	var names []string
	for _, t := range tools {
		names = append(names, t.ID.Server)
	}
	slices.Sort(names)
	return strings.Join(names, "\n")
}

package account

import (
	"context"
	"sync"
	"time"
)

// staleAfter is how long this server may not notice what another has written.
const staleAfter = 2 * time.Second

// cacheMax bounds the accounts, and the tokens, that are kept at once.
const cacheMax = 20_000

// cache keeps the accounts and tokens that act, so that a request costs no query. Every write
// raises the store's version; the cache asks for it every staleAfter and starts anew when it
// has risen, and at once when this server wrote.
type cache struct {
	store Store
	now   func() time.Time

	mu         sync.Mutex
	generation int // rises with every forgetting, so that nothing read before is put in after
	version    int64
	checked    time.Time
	accounts   map[int64]Account
	tokens     map[string]Token
}

func newCache(store Store, now func() time.Time) *cache {
	return &cache{store: store, now: now, accounts: map[int64]Account{}, tokens: map[string]Token{}}
}

// forget drops everything.
func (c *cache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop()
}

func (c *cache) drop() {
	c.generation++
	clear(c.accounts)
	clear(c.tokens)
}

// refresh asks for the version when it is time to.
func (c *cache) refresh(ctx context.Context) error {
	now := c.now()
	c.mu.Lock()
	fresh := !c.checked.IsZero() && now.Sub(c.checked) < staleAfter && !now.Before(c.checked)
	c.mu.Unlock()
	if fresh {
		return nil
	}
	version, err := c.store.Version(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.version {
		c.drop()
		c.version = version
	}
	c.checked = now
	return nil
}

func (c *cache) account(ctx context.Context, id int64) (Account, error) {
	return cached(ctx, c, c.accounts, id, c.store.Account)
}

func (c *cache) token(ctx context.Context, hash string) (Token, error) {
	return cached(ctx, c, c.tokens, hash, c.store.TokenByHash)
}

func cached[K comparable, V any](ctx context.Context, c *cache, kept map[K]V, key K, load func(context.Context, K) (V, error)) (V, error) {
	var none V
	if err := c.refresh(ctx); err != nil {
		return none, err
	}
	c.mu.Lock()
	v, ok := kept[key]
	generation := c.generation
	c.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := load(ctx, key)
	if err != nil {
		return none, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation == c.generation {
		if len(kept) >= cacheMax {
			clear(kept)
		}
		kept[key] = v
	}
	return v, nil
}

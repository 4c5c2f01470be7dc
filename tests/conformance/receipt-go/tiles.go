package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"passerelle.example/conformance/note"
	"passerelle.example/conformance/tlog"
)

const (
	tileHeight = 8
	hashBytes  = tlog.HashSize
	pairs      = 500
)

// tiles reads a C2SP static log; spoil, where it is set, alters a tile on its way.
type tiles struct {
	folder string
	spoil  func(path string, data []byte)
}

func (t tiles) Height() int { return tileHeight }

// ReadTiles turns tile/8/<level>/… of the checksum database into tile/<level>/… of C2SP.
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		rest, ok := strings.CutPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
		if !ok {
			return nil, errors.New("a tile of another height")
		}
		data, err := os.ReadFile(filepath.Join(t.folder, "tile", rest))
		if err != nil {
			return nil, err
		}
		if t.spoil != nil {
			t.spoil(rest, data)
		}
		found = append(found, data)
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// checkLog lets Go's own tlog code read our static tiles: root, every inclusion, consistency with
// every co-signed head and between random sizes, and refusal of tiles that were altered.
func checkLog(folder string, want logFacts, log note.Verifier, witnesses []note.Verifier) (tlog.HashReader, error) {
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return nil, err
	}
	newest, err := openHead(string(text), log, witnesses)
	if err != nil {
		return nil, err
	}
	if newest.size != want.Size || newest.root.String() != want.Root || newest.origin != want.Origin {
		return nil, errors.New("the checkpoint is not the expected one")
	}
	tree := tlog.Tree{N: newest.size, Hash: newest.root}
	reader := tlog.TileHashReader(tree, tiles{folder: folder})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		return nil, fmt.Errorf("another root over the tiles: %w", err)
	}
	return reader, errors.Join(
		checkInclusion(folder, tree, reader),
		checkHeads(folder, want, tree, reader, log, witnesses),
		checkConsistency(tree, reader),
		checkSpoilt(folder, tree),
	)
}

func checkInclusion(folder string, tree tlog.Tree, reader tlog.HashReader) error {
	entries, err := readEntries(folder, tree.N)
	if err != nil {
		return err
	}
	for i, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
		if tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry[1:])) == nil {
			return fmt.Errorf("entry %d: another entry is included too", i)
		}
	}
	return nil
}

func checkHeads(folder string, want logFacts, tree tlog.Tree, reader tlog.HashReader, log note.Verifier, witnesses []note.Verifier) error {
	for _, size := range want.Heads {
		text, err := os.ReadFile(filepath.Join(folder, "heads", strconv.FormatInt(size, 10)))
		if err != nil {
			return err
		}
		old, err := openHead(string(text), log, witnesses)
		if err != nil || old.size != size || old.time < 0 {
			return fmt.Errorf("head %d is not co-signed: %w", size, err)
		}
		if err := checkTree(tree, tlog.Tree{N: old.size, Hash: old.root}, reader); err != nil {
			return err
		}
	}
	return nil
}

func checkConsistency(tree tlog.Tree, reader tlog.HashReader) error {
	random := rand.New(rand.NewPCG(2, uint64(tree.N)))
	for range pairs {
		larger := 1 + random.Int64N(tree.N)
		smaller := 1 + random.Int64N(larger)
		root, err1 := tlog.TreeHash(larger, reader)
		before, err2 := tlog.TreeHash(smaller, reader)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if err := checkTree(tlog.Tree{N: larger, Hash: root}, tlog.Tree{N: smaller, Hash: before}, reader); err != nil {
			return err
		}
	}
	return nil
}

func checkTree(tree, old tlog.Tree, reader tlog.HashReader) error {
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
		return fmt.Errorf("%d does not continue %d: %w", tree.N, old.N, err)
	}
	old.Hash[0] ^= 1
	if tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash) == nil {
		return fmt.Errorf("%d continues another tree of %d too", tree.N, old.N)
	}
	return nil
}

func checkSpoilt(folder string, tree tlog.Tree) error {
	for _, victim := range []string{"0/000", "0/001", fmt.Sprintf("0/002.p/%d", tree.N%256), "1/000.p/2"} {
		spoilt := false
		reader := tlog.TileHashReader(tree, tiles{folder, func(path string, data []byte) {
			if path == victim {
				data[len(data)/2] ^= 1
				spoilt = true
			}
		}})
		var last error
		for i := int64(0); i < tree.N && last == nil; i += 50 {
			_, last = tlog.ProveRecord(tree.N, i, reader)
		}
		if !spoilt || last == nil {
			return fmt.Errorf("tile %s may be altered", victim)
		}
	}
	return nil
}

// readEntries reads C2SP entry bundles: each entry after its length as two big-endian bytes.
func readEntries(folder string, size int64) ([][]byte, error) {
	var entries [][]byte
	for first := int64(0); first < size; first += 256 {
		path := fmt.Sprintf("%03d", first/256)
		if width := size - first; width < 256 {
			path += fmt.Sprintf(".p/%d", width)
		}
		bundle, err := os.ReadFile(filepath.Join(folder, "tile", "entries", path))
		if err != nil {
			return nil, err
		}
		for len(bundle) >= 2 {
			end := 2 + int(bundle[0])<<8 + int(bundle[1])
			if end > len(bundle) {
				return nil, errors.New("a bundle is cut")
			}
			entries, bundle = append(entries, bundle[2:end]), bundle[end:]
		}
	}
	if int64(len(entries)) != size {
		return nil, fmt.Errorf("%d entries in bundles, %d in the tree", len(entries), size)
	}
	return entries, nil
}
